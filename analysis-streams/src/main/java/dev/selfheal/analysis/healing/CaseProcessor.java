package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.GateSettings;
import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.breaker.Readings;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.breaker.StoreReadings;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.state.RecentValues;
import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.IdleIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link HealingCases}: reads the group's case, stores what follows, forwards what goes out with the
 * headers of an envelope, lets time pass for the cases whose deadline is over, and forgets those of groups that have been
 * quiet for long.
 */
public final class CaseProcessor implements Processor<String, CaseInput, String, CaseOutput> {

    /** Names of the stores it works on. */
    public static final String CASES = "cases";

    public static final String DUE = "cases-due";
    public static final String IDLE = "cases-idle";
    public static final String POLICIES = "policies";
    public static final String BREAKERS = "breaker-states";
    public static final String SERVICE_TRENDS = "service-trends";
    public static final String PROPOSERS = "proposer-records";
    public static final String LOADS = "worker-loads";

    private static final Logger LOG = LoggerFactory.getLogger(CaseProcessor.class);
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private final Classifier classifier;
    private final Duration policyGrace;
    private final Duration tick;
    private final GateSettings gateSettings;
    private final Duration forgetAfter;
    private StreamClock clock = new StreamClock();
    /** Wall time in milliseconds at which this task began to wait, by group; of those it took over there is none. */
    private final Map<String, Long> waitsSince = new HashMap<>();

    private long startedAt;
    private ProcessorContext<String, CaseOutput> context;
    private RecentValues<HealingCase> cases;
    private DueIndex due;
    private CaseRetention retention;
    private OutstandingRequests outstanding;
    private KeyValueStore<String, Long> probes;
    private HealingCases machine;

    /**
     * @param classifier what tells faults in the code from others
     * @param policyGrace how long an error whose service has no policy waits for one
     * @param tick how often it looks for missed deadlines
     * @param forgetAfter stream time after which the cases of a quiet group are forgotten
     */
    public CaseProcessor(
            Classifier classifier,
            GateSettings gateSettings,
            Duration policyGrace,
            Duration tick,
            Duration forgetAfter) {
        this.forgetAfter = forgetAfter;
        this.classifier = classifier;
        this.policyGrace = policyGrace;
        this.tick = tick;
        this.gateSettings = gateSettings;
    }

    @Override
    public void init(ProcessorContext<String, CaseOutput> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        waitsSince.clear();
        startedAt = taskContext.currentSystemTimeMs();
        cases = new RecentValues<>(taskContext.getStateStore(CASES));
        due = new DueIndex(taskContext.getStateStore(DUE));
        probes = taskContext.getStateStore(OutcomeTeller.PROBES);
        outstanding = new OutstandingRequests();
        due.all()
                .forEach(group -> Optional.ofNullable(cases.get(group))
                        .ifPresent(waiting -> outstanding.changed(group, waiting)));
        Readings readings = new StoreReadings(
                taskContext.getStateStore(BREAKERS),
                taskContext.getStateStore(LOADS),
                probes,
                taskContext.getStateStore(OutcomeTeller.SENT),
                outstanding::since);
        Circumstances circumstances = new StoreCircumstances(
                taskContext.getStateStore(POLICIES),
                taskContext.getStateStore(SERVICE_TRENDS),
                taskContext.getStateStore(PROPOSERS),
                classifier,
                new Gate(readings, gateSettings, taskContext.taskId().partition()),
                taskContext.getStateStore(TrendProcessor.TRENDS));
        machine = new HealingCases(circumstances, policyGrace);
        retention = new CaseRetention(
                new IdleIndex(taskContext.getStateStore(IDLE), forgetAfter),
                taskContext.getStateStore(TrendProcessor.TRENDS),
                circumstances::policy);
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::passTime);
    }

    @Override
    public void process(Record<String, CaseInput> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        decide(record.key(), record.value(), record.headers());
    }

    private void passTime(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            due.takeBefore(clock.now(wallTime), group -> hasHadItsTime(group, wallTime))
                    .forEach(this::passDeadline);
            retention.takeIdle(clock.streamTime()).forEach(this::passAway);
        }
    }

    private void passAway(String group) {
        Instant now = clock.streamTime();
        Optional.ofNullable(cases.get(group))
                .filter(CaseHistory::mayBeForgotten)
                .filter(known -> known(group, new CaseInput.TimePassed(now), new RecordHeaders())
                        .isPresent())
                .ifPresent(kept -> retention.keep(group, now));
    }

    /** The group's case, unless its time is over: then it is forgotten at once, and this input is the group's first. */
    private Optional<HealingCase> known(String group, CaseInput input, Headers headers) {
        Optional<HealingCase> known = Optional.ofNullable(cases.get(group));
        Instant now = clock.streamTime();
        if (known.filter(last -> retention.isForgotten(group, last, input, now)).isEmpty()) {
            return known;
        }
        cases.delete(group);
        retention.forgotten(group);
        probes.delete(new ScopeKey(BreakerScope.GROUP, group).toString());
        context.forward(new Record<>(group, new CaseOutput.GroupForgotten(), now.toEpochMilli(), headers));
        return Optional.empty();
    }

    /**
     * A backlog moves the stream over a deadline within moments, and a tick then would use up attempts that no worker has
     * seen. So the wait must have lasted as long by the wall too, since this task began it or took it over; an hour is
     * enough, or a restart each day would keep a case waiting for people without end.
     */
    private boolean hasHadItsTime(String group, long wallTime) {
        return Optional.ofNullable(cases.get(group))
                .flatMap(waiting ->
                        waiting.getDeadline().map(deadline -> Duration.between(waiting.getUpdatedAt(), deadline)))
                .map(wait -> wait.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : wait)
                .map(wait -> wallTime - waitsSince.getOrDefault(group, startedAt) >= wait.toMillis())
                .orElse(true);
    }

    /** The deadline passed at its own time, or when the stream went past it: not when the tick happened to come. */
    private void passDeadline(String group) {
        Optional<HealingCase> waiting = Optional.ofNullable(cases.get(group));
        waiting.flatMap(HealingCase::getDeadline).ifPresent(end -> {
            Instant justAfter = end.plusMillis(1);
            Instant at = justAfter.isBefore(clock.streamTime()) ? clock.streamTime() : justAfter;
            CaseInput passed = new CaseInput.TimePassed(at);
            publish(group, passed(group, waiting.get(), passed), passed, new RecordHeaders());
        });
    }

    /** A case that cannot be written must not hold up the others: there is no message to set aside instead. */
    private Decision passed(String group, HealingCase waiting, CaseInput passed) {
        List<Supplier<Decision>> ways = List.of(
                () -> machine.decide(Optional.of(waiting), passed), () -> machine.decideWithLess(waiting, passed));
        for (Supplier<Decision> way : ways) {
            try {
                return stored(group, Optional.of(waiting), way.get());
            } catch (RecordTooLargeException e) {
                LOG.warn("the case of {} has outgrown its record: {}", group, e.toString());
            }
        }
        return stored(group, Optional.of(waiting), machine.end(waiting, passed));
    }

    private void decide(String group, CaseInput input, Headers headers) {
        Optional<HealingCase> before = known(group, input, headers);
        publish(group, stored(group, before, machine.decide(before, input)), input, headers);
    }

    private Decision stored(String group, Optional<HealingCase> before, Decision decision) {
        if (!decision.current().equals(before)) {
            // First, because it is refused when too large: then nothing has changed.
            decision.current().ifPresent(after -> {
                cases.put(group, after);
                retention.changed(group, before, after);
            });
            before.flatMap(HealingCase::getDeadline).ifPresent(deadline -> due.remove(deadline, group));
            Optional<Instant> next = decision.current().flatMap(HealingCase::getDeadline);
            next.ifPresent(deadline -> due.add(deadline, group));
            remember(group, before.flatMap(HealingCase::getDeadline), next);
            decision.current().ifPresent(after -> outstanding.changed(group, after));
        }
        return decision;
    }

    private void remember(String group, Optional<Instant> before, Optional<Instant> next) {
        if (next.isEmpty()) {
            waitsSince.remove(group);
        } else if (!next.equals(before)) {
            waitsSince.put(group, context.currentSystemTimeMs());
        }
    }

    private void publish(String group, Decision decision, CaseInput input, Headers headers) {
        CaseMessages messages = new CaseMessages(input, headers);
        Instant at = decision.current().map(HealingCase::getUpdatedAt).orElse(input.at());
        for (CaseOutput output : decision.outputs()) {
            context.forward(new Record<>(group, output, at.toEpochMilli(), messages.headersOf(output, at)));
        }
    }
}
