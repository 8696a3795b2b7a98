package dev.selfheal.patch.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the breaker of one key stands.
 *
 * @param name route and number of the key, for example {@code anthropic/1}
 * @param since when it came to this position
 * @param successes calls in the window that went well
 * @param failures calls in the window that failed
 * @param trips times it opened in a row
 * @param probeAt when it lets a call through again; empty unless open
 * @param reason why it is there
 */
public record RouteState(
        String name,
        Position position,
        Instant since,
        int successes,
        int failures,
        int trips,
        Optional<Instant> probeAt,
        String reason) {

    /** Of a breaker; a parked key counts as open. */
    public enum Position {
        CLOSED,
        OPEN,
        HALF_OPEN
    }
}
