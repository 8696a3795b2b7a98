package dev.selfheal.ingest.http;

import java.io.IOException;
import java.io.InputStream;

/** Ends after a number of bytes and remembers whether there were more. Used by one thread. */
final class LimitedInputStream extends CountedInputStream {

    private long left;
    private boolean over;

    LimitedInputStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            over = over || in.read() >= 0;
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }
}
