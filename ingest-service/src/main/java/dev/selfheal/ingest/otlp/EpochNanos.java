package dev.selfheal.ingest.otlp;

import java.time.Instant;
import java.util.Optional;

/** Times as OTLP counts them: nanoseconds since 1970, unsigned, 0 for none. Pure. */
final class EpochNanos {

    private static final long PER_SECOND = 1_000_000_000L;

    private EpochNanos() {}

    static Optional<Instant> toInstant(long unsignedNanos) {
        return unsignedNanos == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(
                        Long.divideUnsigned(unsignedNanos, PER_SECOND),
                        Long.remainderUnsigned(unsignedNanos, PER_SECOND)));
    }
}
