package dev.selfheal.analysis.breaker;

import dev.selfheal.event.HealingMode;

/** Whether healing may be tried now. */
public sealed interface Permission {

    Permission GRANTED = new Granted(HealingMode.FULL);

    /**
     * @param mode how much of it; never OBSERVE_ONLY
     */
    record Granted(HealingMode mode) implements Permission {

        public Granted {
            if (mode == HealingMode.OBSERVE_ONLY) {
                throw new IllegalArgumentException("a request in mode OBSERVE_ONLY is none");
            }
        }
    }

    /**
     * @param scope the breaker that said no
     * @param reason for people
     */
    record Refused(ScopeKey scope, String reason) implements Permission {}
}
