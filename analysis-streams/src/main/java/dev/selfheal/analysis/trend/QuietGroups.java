package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.timer.IdleIndex;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Groups without errors, and which of them are to be forgotten. */
final class QuietGroups {

    private final Retention retention;
    private final IdleIndex idle;
    private final KeyValueStore<String, HealingCase> cases;

    QuietGroups(Retention retention, ProcessorContext<?, ?> context) {
        this.retention = retention;
        idle = new IdleIndex(context.getStateStore(TrendProcessor.IDLE), retention.forgetAfter());
        cases = context.getStateStore(retention.caseStore());
    }

    void add(String group, GroupTrend trend) {
        idle.touch(group, trend.lastSeen());
    }

    /** True from the moment it may be forgotten, whether it is already or not: its next error is its first. */
    boolean isForgotten(String group, GroupTrend trend, Instant now) {
        return idle.isIdleSince(trend.lastSeen(), now) && !hasOpenCase(group);
    }

    /** Some groups whose time may be over. */
    List<String> takeIdle(Instant now) {
        return idle.take(now);
    }

    /** Keeps one that was taken, because its case is open or it has thrown since. */
    void keep(String group, GroupTrend trend, Instant now) {
        idle.touch(group, idle.isIdleSince(trend.lastSeen(), now) ? now : trend.lastSeen());
    }

    private boolean hasOpenCase(String group) {
        return Optional.ofNullable(cases.get(group)).filter(retention.isOpen()).isPresent();
    }
}
