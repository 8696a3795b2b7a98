package dev.selfheal.validation.confidence;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How sure it is that a patch is right.
 *
 * @param raw the score before calibration, 0..1
 * @param calibrated the share of patches with such a score that turned out right, 0..1; the score itself while too little
 *     is known
 * @param factors what the score is made of, each 0..1; empty when nothing was scored
 */
public record Confidence(double raw, double calibrated, Map<Factor, Double> factors) {

    /** Of a judgement that rests on no candidate. */
    public static final Confidence NONE = new Confidence(0, 0, Map.of());

    public Confidence {
        factors = Map.copyOf(factors);
    }

    /** As it is published. */
    public Map<String, Double> named() {
        return factors.entrySet().stream()
                .collect(Collectors.toMap(factor -> factor.getKey().published(), Map.Entry::getValue));
    }

    /**
     * The sum of the factors' log-odds as a probability: {@code 1 / (1 + exp(-sum of weight * (2 * factor - 1)))}. A factor
     * of 0.5 says nothing.
     */
    static double score(EnumMap<Factor, Double> factors) {
        double logOdds = factors.entrySet().stream()
                .mapToDouble(factor -> factor.getKey().weight() * (2 * factor.getValue() - 1))
                .sum();
        return 1 / (1 + Math.exp(-logOdds));
    }
}
