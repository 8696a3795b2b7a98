package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Tells each breaker that an outcome concerns, by its key; and remembers in this partition which breakers were sent a
 * request while they were not closed, and how many requests were sent for each service today, because the gate must know
 * before the breakers have heard of it.
 */
public final class OutcomeTeller implements Processor<String, Told, String, Report> {

    /** Name of the store it works on: milliseconds of the newest request by scope. */
    public static final String PROBES = "probes";

    /** And of the store of the requests of the day by service. */
    public static final String SENT = "requests-today";

    private final String breakerStore;
    private ProcessorContext<String, Report> context;
    private KeyValueStore<String, Long> probes;
    private KeyValueStore<String, DailyBudget> sent;
    private TimestampedKeyValueStore<String, BreakerState> breakers;

    /**
     * @param breakerStore name of the global table of breakers
     */
    public OutcomeTeller(String breakerStore) {
        this.breakerStore = breakerStore;
    }

    @Override
    public void init(ProcessorContext<String, Report> taskContext) {
        context = taskContext;
        probes = taskContext.getStateStore(PROBES);
        sent = taskContext.getStateStore(SENT);
        breakers = taskContext.getStateStore(breakerStore);
    }

    @Override
    public void process(Record<String, Told> record) {
        Told told = record.value();
        Report report =
                new Report(told.outcome(), told.requestedAt(), context.taskId().partition());
        List<ScopeKey> scopes = ScopeKey.of(told.subject());
        scopes.forEach(scope -> tell(scope, report, record));
        if (told.outcome() == Outcome.REQUESTED) {
            scopes.forEach(scope -> remember(scope, record.timestamp()));
            count(told.subject().service(), Instant.ofEpochMilli(record.timestamp()));
            tell(ScopeKey.budget(told.subject().service()), report, record);
        }
    }

    private void tell(ScopeKey scope, Report report, Record<String, Told> record) {
        context.forward(record.withKey(scope.toString()).withValue(report));
    }

    private void count(String service, Instant at) {
        DailyBudget day = Optional.ofNullable(sent.get(service)).orElseGet(() -> DailyBudget.initial(at));
        sent.put(service, day.spend(at));
    }

    private void remember(ScopeKey scope, long at) {
        String key = scope.toString();
        ValueAndTimestamp<BreakerState> state = breakers.get(key);
        if (state != null && state.value().getPosition() != BreakerPosition.CLOSED) {
            probes.put(key, at);
        } else if (probes.get(key) != null) {
            probes.delete(key);
        }
    }
}
