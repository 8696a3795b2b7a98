package dev.selfheal.analysis.breaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The budget of a service as all partitions together have used it.
 *
 * @param total of all
 * @param usedBy of these, by the number of the partition that sent them; what lies beyond the list has sent none
 */
record ServiceBudget(DailyBudget total, List<Integer> usedBy) {

    ServiceBudget {
        usedBy = List.copyOf(usedBy);
    }

    static ServiceBudget initial(Instant now) {
        return new ServiceBudget(DailyBudget.initial(now), List.of());
    }

    ServiceBudget spend(int partition, Instant now) {
        DailyBudget spent = total.spend(now);
        List<Integer> used = new ArrayList<>(spent.day().equals(total.day()) ? usedBy : List.of());
        while (used.size() <= partition) {
            used.add(0);
        }
        used.set(partition, used.get(partition) + 1);
        return new ServiceBudget(spent, used);
    }

    /** What is used of the day that it is then. */
    int usedOn(Instant now) {
        return now.isBefore(total.nextDay()) ? total.used() : 0;
    }

    /**
     * Whether one more request may go out, although this may be behind. What the asking partition has sent since is known
     * exactly; each of the others may have sent as much meanwhile. So each keeps to its share of what is left.
     *
     * @param sentHere what the asking partition has sent
     */
    boolean allows(DailyBudget sentHere, int partition, int partitions, int limit, Instant now) {
        int used = usedOn(now);
        int here = now.isBefore(sentHere.nextDay()) ? sentHere.used() : 0;
        int knownHere = used > 0 && partition < usedBy.size() ? usedBy.get(partition) : 0;
        long unseen = Math.max(0, here - knownHere);
        return used + unseen * partitions < limit;
    }
}
