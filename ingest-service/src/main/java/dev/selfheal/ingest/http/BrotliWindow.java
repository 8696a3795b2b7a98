package dev.selfheal.ingest.http;

import java.io.IOException;
import java.io.PushbackInputStream;

/**
 * What a brotli decoder may hold besides the body. The first byte of a stream says how far back it refers (RFC 7932, section
 * 9.1): a few bytes can ask for 16 MiB.
 */
final class BrotliWindow {

    private static final int SMALLEST = 10;
    private static final int PLAIN = 16;

    private BrotliWindow() {}

    /**
     * Bytes of the window, from the stream's first byte, which stays to be read.
     *
     * @param sent with nothing read yet; able to take one byte back
     */
    static int of(PushbackInputStream sent) throws IOException {
        int first = sent.read();
        if (first < 0) {
            return 1 << SMALLEST;
        }
        sent.unread(first);
        return 1 << bits(first);
    }

    private static int bits(int first) {
        if ((first & 1) == 0) {
            return PLAIN;
        }
        int large = first >> 1 & 7;
        if (large > 0) {
            return PLAIN + 1 + large;
        }
        int small = first >> 4 & 7;
        return small == 0 ? PLAIN + 1 : Math.max(SMALLEST, 8 + small);
    }
}
