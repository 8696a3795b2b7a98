package dev.selfheal.ingest.http;

import dev.selfheal.ingest.limit.MemoryBudget.Claim;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Claims the memory for each byte it hands out; ends, and remembers why, where there is none left. Used by one thread. */
final class ClaimingInputStream extends FilterInputStream {

    private final Claim claim;
    private boolean refused;

    ClaimingInputStream(InputStream in, Claim claim) {
        super(in);
        this.claim = claim;
    }

    boolean isRefused() {
        return refused;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = refused ? -1 : in.read(buffer, offset, length);
        if (read > 0 && !claim.take(read)) {
            refused = true;
            return -1;
        }
        return read;
    }

    @Override
    public long skip(long n) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
