package dev.selfheal.analysis.breaker;

import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Keeps each scope's breaker and each service's budget by the outcomes of cases; forwards what has
 * changed, and an alert when one opens.
 */
public final class BreakerProcessor implements Processor<String, Outcome, String, SpecificRecord> {

    /** Name of the store it works on. */
    public static final String STORE = "breakers";

    private static final String ALERT = "BreakerOpened";

    private final BreakerSettings settings;
    private final BreakerSettings groupSettings;
    private final String policyStore;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, BreakerState> breakers;
    private TimestampedKeyValueStore<String, HealingPolicy> policies;

    /**
     * @param settings of wide scopes
     * @param groupSettings of single groups, which have few outcomes
     * @param policyStore name of the global table of policies
     */
    public BreakerProcessor(BreakerSettings settings, BreakerSettings groupSettings, String policyStore) {
        this.settings = settings;
        this.groupSettings = groupSettings;
        this.policyStore = policyStore;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> taskContext) {
        context = taskContext;
        breakers = taskContext.getStateStore(STORE);
        policies = taskContext.getStateStore(policyStore);
    }

    @Override
    public void process(Record<String, Outcome> record) {
        ScopeKey scope = ScopeKey.parse(record.key());
        Instant now = Instant.ofEpochMilli(record.timestamp());
        Optional<BreakerState> before = Optional.ofNullable(breakers.get(record.key()));
        BreakerState after = scope.scope() == BreakerScope.BUDGET
                ? spend(scope.name(), before, now)
                : count(scope, before, record.value(), now);
        boolean changed =
                before.map(state -> !state.equals(after)).orElse(after.getFailures() + after.getSuccesses() > 0);
        if (changed) {
            breakers.put(record.key(), after);
            context.forward(record.withValue(after));
        }
        boolean wasOpen = before.filter(state -> state.getPosition() == BreakerPosition.OPEN)
                .isPresent();
        if (!wasOpen && after.getPosition() == BreakerPosition.OPEN) {
            Alert alert = alert(scope, after, now);
            context.forward(
                    record.withKey(alert.getName() + ":" + alert.getSubject()).withValue(alert));
        }
    }

    private static Alert alert(ScopeKey scope, BreakerState opened, Instant now) {
        return Alert.newBuilder()
                .setAlertId(DerivedId.of(ALERT, scope.toString(), now.toString()))
                .setName(ALERT)
                .setLevel(AlertLevel.WARNING)
                .setSubject(scope.toString())
                .setMessage("healing pauses until "
                        + opened.getProbeAt().map(Instant::toString).orElse("told otherwise") + ": "
                        + opened.getReason())
                .setAt(now)
                .build();
    }

    private BreakerState count(ScopeKey scope, Optional<BreakerState> before, Outcome outcome, Instant now) {
        Breaker breaker = before.map(BreakerRecords::read).orElseGet(() -> Closed.initial(now));
        BreakerSettings applied = scope.scope() == BreakerScope.GROUP ? groupSettings : settings;
        return BreakerRecords.write(scope.scope(), scope.name(), breaker.on(outcome, now, applied));
    }

    private BreakerState spend(String service, Optional<BreakerState> before, Instant now) {
        DailyBudget budget = before.map(BreakerRecords::readBudget)
                .orElseGet(() -> DailyBudget.initial(now))
                .spend(now);
        int limit = Optional.ofNullable(policies.get(service))
                .map(ValueAndTimestamp::value)
                .map(policy -> policy.getBudget().getRequestsPerDay())
                .orElse(0);
        return BreakerRecords.writeBudget(service, budget, limit);
    }
}
