package dev.selfheal.ingest.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands every byte out by one method, so that whoever counts them has to look in one place only. Used by one thread. */
abstract class CountedInputStream extends FilterInputStream {

    CountedInputStream(InputStream in) {
        super(in);
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long n) {
        return 0;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
