package dev.selfheal.analysis.breaker;

import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.IdleIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Keeps each scope's breaker and each service's budget by the outcomes of cases; forwards what has changed, and an alert
 * for each opening and each closing. What ends with time alone (a day's budget, the review after a regression) is
 * forwarded when it ends. What nothing was heard of for long is forgotten: its key is forwarded without a value.
 */
public final class BreakerProcessor implements Processor<String, Report, String, SpecificRecord> {

    /** Names of the stores it works on. */
    public static final String STORE = "breakers";

    public static final String DUE = "breakers-due";

    public static final String IDLE = "breakers-idle";

    private final GateSettings settings;
    private final Duration tick;
    private final Duration forgetAfter;
    private final String policyStore;
    private StreamClock clock = new StreamClock();
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, BreakerState> breakers;
    private DueIndex due;
    private IdleIndex idle;
    private TimestampedKeyValueStore<String, HealingPolicy> policies;

    /**
     * @param tick how often it looks for what ends with time
     * @param forgetAfter stream time without an outcome
     * @param policyStore name of the global table of policies
     */
    public BreakerProcessor(GateSettings settings, Duration tick, Duration forgetAfter, String policyStore) {
        this.forgetAfter = forgetAfter;
        this.settings = settings;
        this.tick = tick;
        this.policyStore = policyStore;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        breakers = taskContext.getStateStore(STORE);
        due = new DueIndex(taskContext.getStateStore(DUE));
        idle = new IdleIndex(taskContext.getStateStore(IDLE), forgetAfter);
        policies = taskContext.getStateStore(policyStore);
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::passTime);
    }

    @Override
    public void process(Record<String, Report> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        ScopeKey scope = ScopeKey.parse(record.key());
        Instant now = Instant.ofEpochMilli(record.timestamp());
        forgetIfIdle(record.key());
        idle.touch(record.key(), now);
        Optional<BreakerState> before = Optional.ofNullable(breakers.get(record.key()));
        BreakerState after = scope.scope() == BreakerScope.BUDGET
                ? spend(scope.name(), before, record.value().partition(), now)
                : count(scope, before, record.value(), now);
        change(record.withValue(null), scope, before, after);
    }

    private void passTime(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            due.takeBefore(clock.now(wallTime)).forEach(this::end);
            idle.take(clock.streamTime()).forEach(this::forget);
        }
    }

    private void forgetIfIdle(String key) {
        if (idle.isIdle(key, clock.streamTime())) {
            forget(key);
        }
    }

    /** One that must not be forgotten is kept for good, or until its next outcome. */
    private void forget(String key) {
        Optional<BreakerState> known = Optional.ofNullable(breakers.get(key));
        known.filter(BreakerRecords::mayBeForgotten).ifPresent(state -> {
            breakers.delete(key);
            endsAt(state).ifPresent(at -> due.remove(at, key));
            context.forward(new Record<>(key, null, clock.streamTime().toEpochMilli()));
        });
    }

    /** At the time it was due, not when the tick happened to come. */
    private void end(String key) {
        Optional<BreakerState> before = Optional.ofNullable(breakers.get(key));
        before.flatMap(BreakerProcessor::endsAt).ifPresent(at -> {
            ScopeKey scope = ScopeKey.parse(key);
            BreakerState after = scope.scope() == BreakerScope.BUDGET
                    ? BreakerRecords.writeBudget(scope.name(), ServiceBudget.initial(at), limit(scope.name()))
                    : write(scope, BreakerRecords.read(before.get()).at(at), at);
            change(new Record<>(key, null, at.toEpochMilli(), new RecordHeaders()), scope, before, after);
        });
    }

    private void change(
            Record<String, SpecificRecord> record, ScopeKey scope, Optional<BreakerState> before, BreakerState after) {
        boolean changed = before.map(state -> !state.equals(after)).orElse(true);
        if (changed) {
            breakers.put(record.key(), after);
            before.flatMap(BreakerProcessor::endsAt).ifPresent(at -> due.remove(at, record.key()));
            endsAt(after).ifPresent(at -> due.add(at, record.key()));
        }
        // Of a scope that has only sent requests there is nothing to say yet.
        boolean unheardOf = before.isEmpty() && isBlank(after);
        if (changed && !unheardOf) {
            context.forward(record.withValue(after));
        }
        BreakerPosition was = before.map(BreakerState::getPosition).orElse(BreakerPosition.CLOSED);
        Instant at = Instant.ofEpochMilli(record.timestamp());
        BreakerAlerts.of(scope, was, after, at)
                .ifPresent(alert -> context.forward(record.withKey(alert.getName() + ":" + alert.getSubject())
                        .withValue(alert)));
    }

    private BreakerState count(ScopeKey scope, Optional<BreakerState> before, Report report, Instant now) {
        ScopeBreaker breaker = before.map(BreakerRecords::read).orElseGet(() -> ScopeBreaker.initial(now));
        return write(scope, breaker.on(report, now, settings.of(scope)), now);
    }

    private BreakerState write(ScopeKey scope, ScopeBreaker breaker, Instant now) {
        return BreakerRecords.write(scope, breaker, settings.sensitivity(scope), now);
    }

    private BreakerState spend(String service, Optional<BreakerState> before, int partition, Instant now) {
        ServiceBudget budget = before.map(BreakerRecords::readBudget)
                .orElseGet(() -> ServiceBudget.initial(now))
                .spend(partition, now);
        return BreakerRecords.writeBudget(service, budget, limit(service));
    }

    private int limit(String service) {
        return Optional.ofNullable(policies.get(service))
                .map(ValueAndTimestamp::value)
                .map(policy -> policy.getBudget().getRequestsPerDay())
                .orElse(0);
    }

    private static boolean isBlank(BreakerState state) {
        return state.getPosition() == BreakerPosition.CLOSED && state.getSuccesses() + state.getFailures() == 0;
    }

    private static Optional<Instant> endsAt(BreakerState state) {
        return state.getScope() == BreakerScope.BUDGET ? state.getProbeAt() : state.getReviewUntil();
    }
}
