package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.timer.IdleIndex;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Which groups' cases are to be forgotten: those that ended long ago, in groups that have thrown no error for as long. A
 * rest that is longer than that is kept to, and so is a person's word on the group.
 */
final class CaseRetention {

    private final IdleIndex idle;
    private final ReadOnlyKeyValueStore<String, GroupTrend> trends;
    private final Function<String, Optional<HealingPolicy>> policies;

    /**
     * @param policies by service
     */
    CaseRetention(
            IdleIndex idle,
            ReadOnlyKeyValueStore<String, GroupTrend> trends,
            Function<String, Optional<HealingPolicy>> policies) {
        this.idle = idle;
        this.trends = trends;
        this.policies = policies;
    }

    /** The group's case has become another. */
    void changed(String group, Optional<HealingCase> before, HealingCase after) {
        if (CaseHistory.mayBeForgotten(after)) {
            idle.touch(group, after.getUpdatedAt());
        } else if (before.filter(CaseHistory::mayBeForgotten).isPresent()) {
            idle.remove(group);
        }
    }

    /** True from the moment it may be forgotten, whether it is already or not. */
    boolean isForgotten(String group, HealingCase known, CaseInput input, Instant now) {
        boolean over = CaseHistory.mayBeForgotten(known) && idle.isIdleSince(known.getUpdatedAt(), now);
        if (!over || !isRested(known, now)) {
            return false;
        }
        // The trend has been counted up already, and begins anew where the group was forgotten.
        return input instanceof CaseInput.ErrorSeen seen
                ? seen.trend().getTotal() == 1
                : lastSeen(group).filter(last -> !idle.isIdleSince(last, now)).isEmpty();
    }

    /** Some groups whose time may be over. */
    List<String> takeIdle(Instant now) {
        return idle.take(now);
    }

    /** It is no longer there to be forgotten. */
    void forgotten(String group) {
        idle.remove(group);
    }

    /** Keeps one that was taken, because it still throws or rests. */
    void keep(String group, Instant now) {
        idle.touch(
                group,
                lastSeen(group).filter(last -> !idle.isIdleSince(last, now)).orElse(now));
    }

    private Optional<Instant> lastSeen(String group) {
        return Optional.ofNullable(trends.get(group)).map(GroupTrend::lastSeen);
    }

    private boolean isRested(HealingCase known, Instant now) {
        return policies.apply(known.getService())
                .filter(policy -> CaseHistory.restUntil(known, policy).isAfter(now))
                .isEmpty();
    }
}
