package dev.selfheal.analysis.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is remembered of one scope. Immutable.
 *
 * @param reviewUntil until when a regression keeps patches from being approved without a person
 * @param partitions of the analysis that sent requests within the scope, ascending; fixed while the breaker is not closed,
 *     so that all of them have the same list when they take turns at probing
 */
public record ScopeBreaker(Breaker position, Optional<Instant> reviewUntil, List<Integer> partitions) {

    public ScopeBreaker {
        partitions = List.copyOf(partitions);
    }

    static ScopeBreaker initial(Instant now) {
        return new ScopeBreaker(Closed.initial(now), Optional.empty(), List.of());
    }

    ScopeBreaker on(Report report, Instant now, BreakerSettings settings) {
        Duration review = settings.pauses().review();
        boolean regressed = report.outcome() == Outcome.REGRESSED && !review.isZero();
        return new ScopeBreaker(
                position.on(report.outcome(), report.requestedAt(), now, settings),
                regressed ? Optional.of(now.plus(review)) : reviewUntil.filter(now::isBefore),
                position instanceof Closed ? with(report.partition()) : partitions);
    }

    /** Without what has ended by then. */
    ScopeBreaker at(Instant now) {
        return new ScopeBreaker(position, reviewUntil.filter(now::isBefore), partitions);
    }

    /** What it holds against healing, whatever others do. */
    Set<Strain> strains(Sensitivity sensitivity, Instant now) {
        Set<Strain> strains = EnumSet.noneOf(Strain.class);
        if (position instanceof Open) {
            strains.add(Strain.OPEN);
        }
        if (position instanceof HalfOpen) {
            strains.add(Strain.PROBING);
        }
        if (position instanceof Closed closed && isDegraded(closed.tally(), sensitivity)) {
            strains.add(Strain.WORSENING);
        }
        if (reviewUntil.filter(now::isBefore).isPresent()) {
            strains.add(Strain.REGRESSED);
        }
        return strains;
    }

    private static boolean isDegraded(Tally tally, Sensitivity sensitivity) {
        return tally.volume() >= sensitivity.minimumVolume()
                && tally.failureRate() >= sensitivity.degradedRate()
                && tally.isWorsening();
    }

    private List<Integer> with(int partition) {
        if (partitions.contains(partition)) {
            return partitions;
        }
        Set<Integer> all = new TreeSet<>(partitions);
        all.add(partition);
        return List.copyOf(all);
    }
}
