package dev.selfheal.validation.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The end of the time one proposal may take. */
public record Deadline(Clock clock, Instant end) {

    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, clock.instant().plus(time));
    }

    public boolean isPassed() {
        return !clock.instant().isBefore(end);
    }

    /** The given time, or what is left if that is less; never less than a millisecond. */
    public Duration atMost(Duration time) {
        Duration left = Duration.between(clock.instant(), end);
        Duration least = left.compareTo(time) < 0 ? left : time;
        return least.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : least;
    }
}
