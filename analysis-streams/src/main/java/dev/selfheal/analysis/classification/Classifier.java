package dev.selfheal.analysis.classification;

import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.ServiceTrend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Weighs all rules of {@link FaultTaxonomy} that an error meets. Pure and thread-safe.
 *
 * <p>Within a class the strongest rule counts in full and the others by half, because they often see the same fact twice;
 * what speaks against it counts in full. A class's share is the softmax of these sums beside a constant for "something
 * else". The classes that no patch can mend stand together against CODE and UNKNOWN: only when their shares add up to the
 * threshold does the strongest of them win.
 */
public final class Classifier {

    /** Nats that speak for UNKNOWN before anything is known. */
    private static final double SOMETHING_ELSE = 1;

    private static final double FURTHER = 0.5;
    private static final int MAX_REASONS = 8;

    private final List<FaultRule> rules;
    private final double threshold;

    /**
     * @param threshold share of the classes that no patch can mend, from which on healing is abstained from; above 0.5 and
     *     up to 1
     */
    public Classifier(double threshold) {
        this(FaultTaxonomy.RULES, threshold);
    }

    Classifier(List<FaultRule> rules, double threshold) {
        if (!(threshold > 0.5 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not above 0.5 and up to 1");
        }
        this.rules = List.copyOf(rules);
        this.threshold = threshold;
    }

    private record Found(FaultRule rule, double weight, String what) {

        String reason() {
            return String.format(
                    Locale.ROOT, "%s %+.1f %s: %s: %s", rule.id(), weight, rule.faultClass(), rule.title(), what);
        }
    }

    /**
     * What the error is taken for. The confidence is the class's share; that of a class that no patch can mend is the share
     * of all of those together.
     *
     * @param service what all groups of its service do together; empty when unknown
     */
    public Classification classify(ErrorEvent event, Optional<ServiceTrend> service) {
        Situation situation = Situation.of(event, service);
        List<Found> found = find(situation);
        Map<FaultClass, Double> shares = shares(found);
        double hopeless = shares.entrySet().stream()
                .filter(share -> !FaultTaxonomy.isMendable(share.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        boolean abstains = hopeless >= threshold;
        FaultClass winner = shares.entrySet().stream()
                .filter(share -> FaultTaxonomy.isMendable(share.getKey()) != abstains)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(FaultClass.UNKNOWN);
        return Classification.newBuilder()
                .setFaultClass(winner)
                .setConfidence(abstains ? hopeless : shares.get(winner))
                .setErrorType(situation.root().map(ExceptionInfo::getType).orElse(""))
                .setReasons(reasons(found, winner))
                .build();
    }

    private List<Found> find(Situation situation) {
        List<Found> found = new ArrayList<>();
        for (FaultRule rule : rules) {
            rule.signal()
                    .in(situation)
                    .ifPresent(match -> found.add(new Found(rule, rule.weight() * match.share(), match.what())));
        }
        return found;
    }

    private static Map<FaultClass, Double> shares(List<Found> found) {
        Map<FaultClass, Double> shares = new EnumMap<>(FaultClass.class);
        shares.put(FaultClass.UNKNOWN, Math.exp(SOMETHING_ELSE));
        for (FaultClass faultClass : FaultClass.values()) {
            double[] weights = found.stream()
                    .filter(each -> each.rule().faultClass() == faultClass)
                    .mapToDouble(Found::weight)
                    .toArray();
            if (weights.length > 0) {
                shares.put(faultClass, Math.exp(sum(weights)));
            }
        }
        double total = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((faultClass, weight) -> weight / total);
        return shares;
    }

    private static double sum(double[] weights) {
        double strongest = 0;
        double sum = 0;
        for (double weight : weights) {
            strongest = Math.max(strongest, weight);
            sum += weight > 0 ? FURTHER * weight : weight;
        }
        return sum + (1 - FURTHER) * strongest;
    }

    /** What speaks for the winner first, then what speaks for others, each strongest first. */
    private static List<String> reasons(List<Found> found, FaultClass winner) {
        return found.stream()
                .sorted(Comparator.comparing((Found each) -> each.rule().faultClass() != winner)
                        .thenComparing(Comparator.comparingDouble(Found::weight).reversed()))
                .limit(MAX_REASONS)
                .map(Found::reason)
                .toList();
    }
}
