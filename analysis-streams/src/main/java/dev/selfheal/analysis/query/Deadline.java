package dev.selfheal.analysis.query;

import java.time.Duration;

/** When a query must have its answer. */
final class Deadline {

    private final Duration timeout;
    private final long end;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
        end = System.nanoTime() + timeout.toNanos();
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    /** At least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /**
     * @throws QueryException when it is over
     */
    void check() {
        if (System.nanoTime() - end > 0) {
            throw QueryException.unavailable("the answer takes longer than " + timeout.toMillis()
                    + " ms; ask for one service, or raise " + QuerySettings.TIMEOUT_MS);
        }
    }
}
