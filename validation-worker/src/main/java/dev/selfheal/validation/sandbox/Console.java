package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Drains what a process prints, keeps the end of it, and stops a flood. Thread-safe. */
final class Console implements Runnable {

    private static final int KEPT_BYTES = 4096;

    private final InputStream in;
    private final long limit;
    private final Runnable onFlood;
    private final byte[] kept = new byte[KEPT_BYTES];
    private long total;

    /**
     * @param limit bytes that may be printed
     * @param onFlood called once when there are more
     */
    Console(InputStream in, long limit, Runnable onFlood) {
        this.in = in;
        this.limit = limit;
        this.onFlood = onFlood;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean wasWithin = !isFlooded();
                keep(buffer, read);
                if (wasWithin && isFlooded()) {
                    onFlood.run();
                }
            }
        } catch (IOException e) {
            keep(("(output ended: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8), 0);
        }
    }

    synchronized boolean isFlooded() {
        return total > limit;
    }

    /** The last of what was printed, at most 4 KiB. */
    synchronized String tail() {
        int length = (int) Math.min(total, KEPT_BYTES);
        byte[] ordered = new byte[length];
        for (int i = 0; i < length; i++) {
            ordered[i] = kept[(int) ((total - length + i) % KEPT_BYTES)];
        }
        return new String(ordered, StandardCharsets.UTF_8).strip();
    }

    private synchronized void keep(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) ((total + i) % KEPT_BYTES)] = bytes[i];
        }
        total += length;
    }
}
