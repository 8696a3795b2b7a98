package dev.selfheal.analysis.confidence;

import dev.selfheal.event.ProposerRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders proposers by an upper confidence bound of their record (the idea of Bayes-UCB, Kaufmann et al. 2012): mean plus
 * {@code sqrt(ln(1 + outcomes of all))} standard deviations of the Beta distribution. So the better one comes first, and one
 * that was hardly tried gets its turn again as the others' outcomes pile up. Without chance: the same records give the same
 * order.
 */
public final class Steering {

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
        double outcomes = known.values().stream()
                .mapToDouble(record -> record.getAlpha() + record.getBeta())
                .sum();
        double eagerness = Math.sqrt(Math.log1p(outcomes));
        return proposers.stream()
                .sorted(Comparator.comparingDouble(
                                (String proposer) -> bound(Optional.ofNullable(known.get(proposer)), eagerness))
                        .reversed())
                .toList();
    }

    private Optional<ProposerRecord> known(String proposer, String errorType) {
        return records.apply(ProposerRecords.key(proposer, errorType))
                .or(() -> records.apply(ProposerRecords.key(proposer, ProposerRecords.ALL)));
    }

    private static double bound(Optional<ProposerRecord> record, double eagerness) {
        double alpha = record.map(ProposerRecord::getAlpha).orElse(1.0);
        double beta = record.map(ProposerRecord::getBeta).orElse(1.0);
        double total = alpha + beta;
        double deviation = Math.sqrt(alpha * beta / (total * total * (total + 1)));
        return alpha / total + eagerness * deviation;
    }
}
