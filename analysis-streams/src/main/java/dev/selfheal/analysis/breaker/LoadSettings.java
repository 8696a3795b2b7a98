package dev.selfheal.analysis.breaker;

import java.time.Duration;

/**
 * How the load of the workers is judged.
 *
 * @param staleAfter age from which what a worker said is no longer believed
 * @param busyShare share of the step's time-out from which the expected wait makes the healer ask templates only
 * @param slot how long a request that was held back stays so
 */
public record LoadSettings(Duration staleAfter, double busyShare, Duration slot) {

    public LoadSettings {
        BreakerSettings.require(staleAfter.toMillis() > 0, "staleAfter", staleAfter);
        BreakerSettings.require(busyShare > 0 && busyShare <= 1, "busyShare", busyShare);
        BreakerSettings.require(slot.toMillis() > 0, "slot", slot);
    }
}
