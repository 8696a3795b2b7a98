package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.state.RecentValues;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Counts the errors of each service by closed minutes, and holds a rise against the newest of the patches that are watched.
 * An hour is kept, or what is needed back to an hour before the oldest running watch.
 */
public final class SuspectServices implements Processor<String, GroupWindow, String, RegressionSuspicion> {

    /** Name of the store it works on: errors per minute by service. */
    public static final String STORE = "service-minutes";

    /** And of the store of when the newest patch went out that was held responsible, in milliseconds by service. */
    public static final String ACCUSED = "service-accused";

    private final String policyStore;
    private ProcessorContext<String, RegressionSuspicion> context;
    private RecentValues<MinuteCounts> minutes;
    private KeyValueStore<String, Long> accused;
    private RunningWatches watches;
    private TimestampedKeyValueStore<String, HealingPolicy> policies;

    /**
     * @param policyStore name of the global table of policies
     */
    public SuspectServices(String policyStore) {
        this.policyStore = policyStore;
    }

    @Override
    public void init(ProcessorContext<String, RegressionSuspicion> taskContext) {
        context = taskContext;
        minutes = new RecentValues<>(taskContext.getStateStore(STORE));
        accused = taskContext.getStateStore(ACCUSED);
        watches = new RunningWatches(taskContext.getStateStore(SuspectGroups.WATCHES));
        policies = taskContext.getStateStore(policyStore);
    }

    @Override
    public void process(Record<String, GroupWindow> record) {
        GroupWindow window = record.value();
        if (!window.closed() || window.count() == 0) {
            return;
        }
        String service = record.key();
        List<RegressionWatch> running = watches.of(service);
        MinuteCounts before = Optional.ofNullable(minutes.get(service)).orElse(MinuteCounts.EMPTY);
        MinuteCounts counted = before.plus(window.minute(), window.count());
        long newest = counted.minute(counted.size() - 1);
        MinuteCounts kept = counted.since(ServiceRise.oldestNeeded(running, newest));
        minutes.put(service, kept);
        accuse(record, running, kept, newest);
    }

    private void accuse(
            Record<String, GroupWindow> record, List<RegressionWatch> running, MinuteCounts kept, long newest) {
        String service = record.key();
        Optional<Instant> before = Optional.ofNullable(accused.get(service)).map(Instant::ofEpochMilli);
        if (running.isEmpty()) {
            before.ifPresent(over -> accused.delete(service));
            return;
        }
        List<RegressionWatch> responsible = ServiceRise.responsible(running, before, kept, newest, policy(service));
        responsible.forEach(watch -> {
            RegressionSuspicion found = ServiceRise.suspicion(watch, kept, newest);
            context.forward(record.withKey(found.getGroup()).withValue(found));
        });
        responsible.stream()
                .map(RegressionWatch::getDeployedAt)
                .max(Comparator.naturalOrder())
                .filter(at -> before.filter(at::isBefore).isEmpty())
                .ifPresent(at -> accused.put(service, at.toEpochMilli()));
    }

    private RegressionPolicy policy(String service) {
        return Optional.ofNullable(policies.get(service))
                .map(ValueAndTimestamp::value)
                .map(HealingPolicy::getRegression)
                .orElseGet(() -> RegressionPolicy.newBuilder().build());
    }
}
