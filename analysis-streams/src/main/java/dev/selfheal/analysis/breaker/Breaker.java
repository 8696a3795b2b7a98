package dev.selfheal.analysis.breaker;

import java.time.Instant;

/** A breaker in one of its three positions. Immutable and pure: the same outcomes at the same times give the same breaker. */
public sealed interface Breaker permits Closed, Open, HalfOpen {

    /** Since when it is in this position. */
    Instant since();

    /** Times it opened in a row without a full recovery in between. */
    int trips();

    /**
     * The breaker after one more outcome.
     *
     * @param requestedAt when the case it is about sent its first request
     */
    Breaker on(Outcome outcome, Instant requestedAt, Instant now, BreakerSettings settings);

    /** Whether a request may go out now. */
    Passage passage(Instant now);
}
