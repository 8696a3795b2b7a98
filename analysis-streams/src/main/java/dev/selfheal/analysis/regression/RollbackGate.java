package dev.selfheal.analysis.regression;

import dev.selfheal.analysis.breaker.DailyBudget;
import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RollbackCommand;
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
 * Lets through as many rollbacks of a service in a UTC day as its policy says; beyond that people are told instead. All
 * commands of a service pass here, whichever of its groups wants them: so it is exact.
 */
public final class RollbackGate implements Processor<String, RollbackCommand, String, SpecificRecord> {

    /** Name of the store it works on: rollbacks of the day by service. */
    public static final String STORE = "rollbacks-today";

    private static final String ALERT = "RollbackWithheld";

    private final String policyStore;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, DailyBudget> sent;
    private TimestampedKeyValueStore<String, HealingPolicy> policies;

    /**
     * @param policyStore name of the global table of policies
     */
    public RollbackGate(String policyStore) {
        this.policyStore = policyStore;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> taskContext) {
        context = taskContext;
        sent = taskContext.getStateStore(STORE);
        policies = taskContext.getStateStore(policyStore);
    }

    @Override
    public void process(Record<String, RollbackCommand> record) {
        RollbackCommand command = record.value();
        DailyBudget day = Optional.ofNullable(sent.get(record.key()))
                .orElseGet(() -> DailyBudget.initial(command.getAt()))
                .spend(command.getAt());
        int limit = limit(command.getService());
        if (day.used() <= limit) {
            sent.put(record.key(), day);
            context.forward(record.withValue(command));
        } else {
            Alert alert = withheld(command, limit);
            context.forward(
                    record.withKey(alert.getName() + ":" + alert.getSubject()).withValue(alert));
        }
    }

    private int limit(String service) {
        return Optional.ofNullable(policies.get(service))
                .map(ValueAndTimestamp::value)
                .map(HealingPolicy::getRegression)
                .orElseGet(() -> RegressionPolicy.newBuilder().build())
                .getRollbacksPerDay();
    }

    private static Alert withheld(RollbackCommand command, int limit) {
        Instant at = command.getAt();
        return Alert.newBuilder()
                .setAlertId(DerivedId.of(ALERT, command.getRollbackId()))
                .setName(ALERT)
                .setLevel(AlertLevel.CRITICAL)
                .setSubject(command.getCaseId())
                .setMessage(command.getService() + ": " + limit + " rollbacks were sent today, so a person has to take"
                        + " deployment " + command.getDeploymentId() + " back: " + command.getReason())
                .setAt(at)
                .build();
    }
}
