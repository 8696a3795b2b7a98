package dev.selfheal.ingest.http;

import dev.selfheal.ingest.limit.MemoryBudget.Claim;
import java.io.IOException;
import java.io.InputStream;

/** Claims the memory for each byte it hands out; ends, and remembers why, where there is none left. Used by one thread. */
final class ClaimingInputStream extends CountedInputStream {

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
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = refused ? -1 : in.read(buffer, offset, length);
        if (read > 0 && !claim.take(read)) {
            refused = true;
            return -1;
        }
        return read;
    }
}
