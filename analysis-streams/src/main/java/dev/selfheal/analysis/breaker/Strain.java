package dev.selfheal.analysis.breaker;

import dev.selfheal.event.HealingMode;
import java.util.Collection;
import java.util.Comparator;

/**
 * What speaks against healing at full speed, and how much it leaves the healer. The whole table of degradation: the
 * strictest of the strains that hold at a time decides.
 */
public enum Strain {
    /** The share of failures is high and rising. */
    WORSENING(HealingMode.TEMPLATES_ONLY),
    /** Every model route's breaker is open. */
    MODELS_AWAY(HealingMode.TEMPLATES_ONLY),
    /** Requests wait long for a worker. */
    BUSY(HealingMode.TEMPLATES_ONLY),
    /** The request is a probe of a breaker that is not closed. */
    PROBING(HealingMode.REVIEW_ONLY),
    /** A patch regressed lately. */
    REGRESSED(HealingMode.REVIEW_ONLY),
    /** A request would not be answered in time, or holds back one that is more urgent. */
    OVERLOADED(HealingMode.OBSERVE_ONLY),
    /** The service's requests of the day are used up. */
    SPENT(HealingMode.OBSERVE_ONLY),
    /** A breaker is open. */
    OPEN(HealingMode.OBSERVE_ONLY),
    /** A breaker's position cannot be read. */
    UNREADABLE(HealingMode.OBSERVE_ONLY);

    private final HealingMode leaves;

    Strain(HealingMode leaves) {
        this.leaves = leaves;
    }

    /** What the healer may still do under it. */
    public HealingMode leaves() {
        return leaves;
    }

    /** What all of them together leave; FULL for none. */
    public static HealingMode strictest(Collection<Strain> strains) {
        return strains.stream()
                .map(Strain::leaves)
                .max(Comparator.naturalOrder())
                .orElse(HealingMode.FULL);
    }
}
