package dev.selfheal.analysis.alert;

import dev.selfheal.analysis.alert.FailureRate.Judgement;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.timer.DueIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertPolicy;
import dev.selfheal.event.HealingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Watches the share of failed cases per service and over all, and tells of complex healings. Steps come under the name of
 * their service and, a second time, under {@link CaseStep#ALL_SERVICES}.
 */
public final class HealingAlertProcessor implements Processor<String, CaseStep, String, Alert> {

    /** Names of the stores it works on. */
    public static final String OUTCOMES = "case-outcomes";

    public static final String DUE = "case-outcomes-due";

    private static final AlertPolicy STANDARD = AlertPolicy.newBuilder().build();

    private final AlertSettings overall;
    private final Duration tick;
    private final String policyStore;
    private StreamClock clock = new StreamClock();
    private ProcessorContext<String, Alert> context;
    private KeyValueStore<String, FailureWatch> watches;
    private DueIndex due;
    private TimestampedKeyValueStore<String, HealingPolicy> policies;

    /**
     * @param overall for all services together
     * @param tick how often it looks whether old outcomes have left the window
     * @param policyStore name of the global table of policies
     */
    public HealingAlertProcessor(AlertSettings overall, Duration tick, String policyStore) {
        this.overall = overall;
        this.tick = tick;
        this.policyStore = policyStore;
    }

    @Override
    public void init(ProcessorContext<String, Alert> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        watches = taskContext.getStateStore(OUTCOMES);
        due = new DueIndex(taskContext.getStateStore(DUE));
        policies = taskContext.getStateStore(policyStore);
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::passTime);
    }

    @Override
    public void process(Record<String, CaseStep> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        lookAgain(clock.streamTime());
        CaseStep step = record.value();
        FailureWatch before = watch(record.key());
        store(record.key(), before, rate(record.key()).on(before, step), step.at(), record.headers());
        if (!record.key().equals(CaseStep.ALL_SERVICES)) {
            ComplexHealing.of(step, policy(step.service()))
                    .ifPresent(alert -> forward(alert, step.at(), record.headers()));
        }
    }

    private void passTime(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            lookAgain(clock.now(wallTime));
        }
    }

    /** Each at its own time, so that it does not matter when the tick came. */
    private void lookAgain(Instant now) {
        for (String subject : due.takeBefore(now)) {
            FailureWatch before = watch(subject);
            Instant at = before.due().orElse(now);
            store(subject, before, rate(subject).at(before, at), at, new RecordHeaders());
        }
    }

    private void store(String subject, FailureWatch before, Judgement judgement, Instant at, Headers headers) {
        FailureWatch after = judgement.watch();
        if (!after.equals(before)) {
            watches.put(subject, after);
            before.due().ifPresent(time -> due.remove(time, subject));
            after.due().ifPresent(time -> due.add(time, subject));
        }
        judgement.alert().ifPresent(alert -> forward(alert, at, headers));
    }

    private void forward(Alert alert, Instant at, Headers headers) {
        context.forward(new Record<>(Alerts.keyOf(alert), alert, at.toEpochMilli(), headers));
    }

    private FailureRate rate(String subject) {
        boolean all = subject.equals(CaseStep.ALL_SERVICES);
        return new FailureRate(subject, all ? overall : AlertSettings.of(policy(subject)));
    }

    private FailureWatch watch(String subject) {
        return Optional.ofNullable(watches.get(subject)).orElse(FailureWatch.NONE);
    }

    private AlertPolicy policy(String service) {
        return Optional.ofNullable(policies.get(service))
                .map(ValueAndTimestamp::value)
                .map(HealingPolicy::getAlerts)
                .orElse(STANDARD);
    }
}
