package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.event.Classification;
import dev.selfheal.event.HealingMode;

/** What an error of a group leads to, and why. */
public sealed interface Opening {

    /** One line for people. */
    String reason();

    /**
     * A case is worth it.
     *
     * @param classification what the error is taken for
     * @param mode what the breakers leave the healer
     * @param predicted true when a forecast, not a crossed threshold, speaks for it
     */
    record Open(Classification classification, HealingMode mode, boolean predicted, String reason) implements Opening {}

    /** No patch mends such a fault. */
    record Abstain(Classification classification, String reason) implements Opening {}

    /** It would be worth it, but a breaker or the budget says no; the next error after that opens a case. */
    record Suppress(Classification classification, Permission.Refused refusal) implements Opening {
        @Override
        public String reason() {
            return refusal.reason();
        }
    }

    /** Nothing for now. */
    record Wait(Cause cause, String reason) implements Opening {}

    /** What a group waits for. */
    enum Cause {
        /** Its case to end. */
        UNDER_WAY,
        /** A person, after one has said STOP. */
        STOPPED,
        /** A person, after a patch has made it worse. */
        QUARANTINED,
        /** A policy of its service. */
        NO_POLICY,
        /** The rest after its last case to be over. */
        COOLING_DOWN,
        /** More errors. */
        BELOW_TRIGGER
    }
}
