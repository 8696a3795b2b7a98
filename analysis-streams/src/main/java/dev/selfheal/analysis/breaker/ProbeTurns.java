package dev.selfheal.analysis.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hands probes out to the partitions of the analysis without a word between them, so that no two are closer than the pace
 * however late each learns of the others.
 *
 * <p>Time is cut into turns of twice the pace, counted since the epoch. Each turn belongs to one partition, and only its
 * first half is used; so probes of different turns are at least a pace apart, and those within a turn come from one
 * partition, which remembers its own. The owner is the next partition of the scope's list in a circle that moves on by one
 * each turn: in nested scopes the owner of the wide one, if the narrow one lists it, owns the turn there too, so that a
 * request that has to pass both finds a turn.
 *
 * @param partition the one that asks
 * @param all number of partitions
 * @param pace least time between two probes of a scope
 */
public record ProbeTurns(int partition, int all, Duration pace) {

    public ProbeTurns {
        BreakerSettings.require(partition >= 0 && partition < all, "partition of " + all, partition);
    }

    /**
     * @param partitions that share the scope's probes; empty for all
     * @param lastHere newest request this partition sent within the scope while its breaker was not closed
     */
    boolean isMine(List<Integer> partitions, Optional<Instant> lastHere, Instant now) {
        if (pace.isZero()) {
            return true;
        }
        if (lastHere.filter(last -> now.isBefore(last.plus(pace))).isPresent()) {
            return false;
        }
        if (partitions.size() == 1) {
            return partitions.get(0) == partition;
        }
        long half = Math.floorDiv(now.toEpochMilli(), pace.toMillis());
        return half % 2 == 0 && ownerOf(half / 2, partitions) == partition;
    }

    private int ownerOf(long turn, List<Integer> partitions) {
        int first = Math.floorMod(turn, all);
        if (partitions.isEmpty()) {
            return first;
        }
        int owner = partitions.get(0);
        for (int candidate : partitions) {
            if (Math.floorMod(candidate - first, all) < Math.floorMod(owner - first, all)) {
                owner = candidate;
            }
        }
        return owner;
    }
}
