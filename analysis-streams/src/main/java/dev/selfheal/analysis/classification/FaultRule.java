package dev.selfheal.analysis.classification;

import dev.selfheal.event.FaultClass;

/**
 * One thing that speaks for, or against, one kind of fault.
 *
 * @param id stable, {@code SH-FAULT-…}
 * @param weight in nats; negative speaks against
 * @param title what it means, for people
 */
public record FaultRule(String id, FaultClass faultClass, double weight, Signal signal, String title) {

    public FaultRule {
        if (weight == 0 || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(id + " has weight " + weight);
        }
    }
}
