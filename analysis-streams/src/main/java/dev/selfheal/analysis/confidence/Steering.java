package dev.selfheal.analysis.confidence;

import dev.selfheal.event.ProposerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders proposers by an upper confidence bound of their record (the idea of Bayes-UCB, Kaufmann et al. 2012): mean plus
 * {@code sqrt(ln(1 + outcomes of all))} standard deviations of the Beta distribution. So the better one comes first, and one
 * that was hardly tried gets its turn. What is known of one that was not asked for long loses half its weight with each week
 * that the others are ahead of it, so it is tried again. Without chance or clock: the same records give the same order.
 */
public final class Steering {

    private static final Duration HALF_LIFE = Duration.ofDays(7);

    private final Function<String, Optional<ProposerRecord>> records;

    /**
     * @param records the newest record by {@code proposer|errorType}
     */
    public Steering(Function<String, Optional<ProposerRecord>> records) {
        this.records = records;
    }

    /**
     * The same proposers, best first; among equals the given order stays.
     *
     * @param errorType type of the root cause; where nothing is known of it, all types together count
     */
    public List<String> order(List<String> proposers, String errorType) {
        Map<String, ProposerRecord> known = new HashMap<>();
        proposers.forEach(proposer -> known(proposer, errorType).ifPresent(record -> known.put(proposer, record)));
        Instant newest = known.values().stream()
                .map(ProposerRecord::getUpdatedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Map<String, Beta> beliefs = new HashMap<>();
        known.forEach((proposer, record) -> beliefs.put(proposer, Beta.of(record, newest)));
        double outcomes = beliefs.values().stream().mapToDouble(Beta::weight).sum();
        double eagerness = Math.sqrt(Math.log1p(outcomes));
        return proposers.stream()
                .sorted(Comparator.comparingDouble((String proposer) ->
                                beliefs.getOrDefault(proposer, Beta.UNKNOWN).bound(eagerness))
                        .reversed())
                .toList();
    }

    private Optional<ProposerRecord> known(String proposer, String errorType) {
        return records.apply(ProposerRecords.key(proposer, errorType))
                .or(() -> records.apply(ProposerRecords.key(proposer, ProposerRecords.ALL)));
    }

    private record Beta(double alpha, double beta) {

        static final Beta UNKNOWN = new Beta(1, 1);

        /** Faded towards the unknown by how far the record is behind the newest one. */
        static Beta of(ProposerRecord record, Instant newest) {
            double behind = (double) Duration.between(record.getUpdatedAt(), newest).toMillis();
            double kept = Math.pow(0.5, behind / HALF_LIFE.toMillis());
            return new Beta(1 + kept * (record.getAlpha() - 1), 1 + kept * (record.getBeta() - 1));
        }

        double weight() {
            return alpha + beta;
        }

        double bound(double eagerness) {
            double deviation = Math.sqrt(alpha * beta / (weight() * weight() * (weight() + 1)));
            return alpha / weight() + eagerness * deviation;
        }
    }
}
