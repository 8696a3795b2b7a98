package dev.selfheal.standalone.heal;

import dev.selfheal.event.HealingPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What to heal.
 *
 * @param policy names the service and the repository
 * @param commit full id of the commit that fails
 * @param test selector of the failing test, {@code pkg.Class#method}
 * @param stackTrace the failure as text; either this or {@code test}
 * @param timeout from sending the error to the end of the case
 */
public record HealingTask(
        HealingPolicy policy, String commit, Optional<String> test, Optional<String> stackTrace, Duration timeout) {

    public HealingTask {
        if (test.isPresent() == stackTrace.isPresent()) {
            throw new IllegalArgumentException("exactly one of test and stackTrace is needed");
        }
    }

    public String service() {
        return policy.getService();
    }
}
