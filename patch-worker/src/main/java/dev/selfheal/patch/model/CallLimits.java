package dev.selfheal.patch.model;

import java.time.Duration;

/**
 * What one key of a route may be used for.
 *
 * @param inFlight calls at the same time
 * @param requestsPerMinute calls begun per minute, spread evenly
 * @param deadline longest time from sending a call to its last byte
 * @param maxResponseBytes longest answer that is read
 */
public record CallLimits(int inFlight, int requestsPerMinute, Duration deadline, long maxResponseBytes) {

    public CallLimits {
        if (inFlight < 1 || requestsPerMinute < 1 || maxResponseBytes < 1 || deadline.toMillis() < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }
}
