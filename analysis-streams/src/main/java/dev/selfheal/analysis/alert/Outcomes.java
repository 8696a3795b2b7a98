package dev.selfheal.analysis.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cases that ended well and badly, per minute of event time. Each case counts once: with its latest outcome, at the time
 * of that. Immutable; a day is kept.
 */
record Outcomes(NavigableMap<Long, Count> minutes) {

    /** Minutes kept at most. */
    static final int MINUTES = 1440;

    static final Outcomes NONE = new Outcomes(new TreeMap<>());

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    record Count(long succeeded, long failed) {

        static final Count ZERO = new Count(0, 0);

        Count plus(long moreSucceeded, long moreFailed) {
            return new Count(Math.max(0, succeeded + moreSucceeded), Math.max(0, failed + moreFailed));
        }

        long ended() {
            return succeeded + failed;
        }
    }

    Outcomes succeeded(Instant at) {
        return plus(at, 1, 0);
    }

    Outcomes failed(Instant at) {
        return plus(at, 0, 1);
    }

    /** A success that turned out to be none. */
    Outcomes withoutSuccess(Instant at) {
        return minutes.containsKey(minuteOf(at)) ? plus(at, -1, 0) : this;
    }

    /** The given time, or the newest minute's if that is later. */
    Instant notBeforeNewest(Instant at) {
        Instant newest = minutes.isEmpty() ? at : Instant.ofEpochMilli(minutes.lastKey() * MINUTE_MS);
        return newest.isAfter(at) ? newest : at;
    }

    /** What is in the minutes that end with the one of {@code now}. */
    Count last(int count, Instant now) {
        Count sum = Count.ZERO;
        for (Count minute : minutes.subMap(minuteOf(now) - count, false, minuteOf(now), true)
                .values()) {
            sum = sum.plus(minute.succeeded(), minute.failed());
        }
        return sum;
    }

    /** When the oldest minute in the window that ends now falls out of it. */
    Optional<Instant> nextChange(int count, Instant now) {
        return Optional.ofNullable(minutes.higherKey(minuteOf(now) - count))
                .map(oldest -> Instant.ofEpochMilli((oldest + count) * MINUTE_MS));
    }

    private Outcomes plus(Instant at, long moreSucceeded, long moreFailed) {
        NavigableMap<Long, Count> counted = new TreeMap<>(minutes);
        Count minute = counted.getOrDefault(minuteOf(at), Count.ZERO).plus(moreSucceeded, moreFailed);
        counted.put(minuteOf(at), minute);
        if (minute.ended() == 0) {
            counted.remove(minuteOf(at));
        }
        return new Outcomes(
                counted.isEmpty() ? counted : new TreeMap<>(counted.tailMap(counted.lastKey() - MINUTES, false)));
    }

    private static long minuteOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), MINUTE_MS);
    }
}
