package dev.selfheal.standalone.loop;

/** How a healing ended, seen from outside. */
public enum HealingOutcome {
    APPROVED,
    REJECTED,
    NEEDS_REVIEW,
    ABSTAINED,
    EXHAUSTED,
    TIMED_OUT
}
