package dev.selfheal.patch.model;

import java.time.Duration;

/**
 * When a key's breaker opens, and for how long.
 *
 * @param window newest calls that count
 * @param minimumCalls calls before it can open
 * @param failurePercent opens at this share of failures in the window
 * @param openFor pause before the first probe; doubles with each probe that fails
 * @param openAtMost longest pause
 */
public record BreakerSettings(int window, int minimumCalls, int failurePercent, Duration openFor, Duration openAtMost) {

    public BreakerSettings {
        if (window < 1 || minimumCalls < 1 || minimumCalls > window) {
            throw new IllegalArgumentException("need 1 <= minimumCalls <= window");
        }
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("failurePercent is " + failurePercent + ", must be 1 to 100");
        }
        if (openFor.toMillis() < 1 || openAtMost.compareTo(openFor) < 0) {
            throw new IllegalArgumentException("need 0 < openFor <= openAtMost");
        }
    }

    /** The pause after the breaker opened so many times in a row, from 1. */
    Duration pause(int trip) {
        long doubled = openFor.toMillis() << Math.min(trip - 1, 20);
        return Duration.ofMillis(Math.min(doubled, openAtMost.toMillis()));
    }
}
