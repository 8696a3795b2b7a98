package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.analysis.timer.IdleIndex;
import dev.selfheal.analysis.timer.StreamClock;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.ProposerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Learns from each outcome, and forwards the calibration and the proposer's records as they are then. What is known of a
 * proposer for an error type that nothing was learned about for long is forgotten: its key is forwarded without a value.
 */
public final class ConfidenceProcessor implements Processor<String, List<CaseOutcome>, String, SpecificRecord> {

    /** Names of the stores it works on. */
    public static final String OUTCOMES = "outcomes-remembered";

    public static final String PROPOSERS = "proposers";

    public static final String IDLE = "proposers-idle";

    /** The one key everything is learned under. */
    public static final String KEY = Calibrations.NAME;

    private final int capacity;
    private final ConfidenceMeters meters;
    private final Duration tick;
    private final Duration forgetAfter;
    private StreamClock clock = new StreamClock();
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, List<CaseOutcome>> outcomes;
    private KeyValueStore<String, ProposerRecord> proposers;
    private IdleIndex idle;

    /**
     * @param capacity outcomes that calibration remembers
     * @param tick how often it looks for what is to be forgotten
     * @param forgetAfter stream time without an outcome of the proposer and the error type
     */
    public ConfidenceProcessor(int capacity, ConfidenceMeters meters, Duration tick, Duration forgetAfter) {
        this.tick = tick;
        this.forgetAfter = forgetAfter;
        this.capacity = capacity;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> taskContext) {
        // Initialised again after a transaction was aborted: what it took in then has not happened.
        clock = new StreamClock();
        context = taskContext;
        idle = new IdleIndex(taskContext.getStateStore(IDLE), forgetAfter);
        taskContext.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::forgetIdle);
        outcomes = taskContext.getStateStore(OUTCOMES);
        proposers = taskContext.getStateStore(PROPOSERS);
        Optional.ofNullable(outcomes.get(KEY))
                .map(known -> Calibrations.of(
                        new OutcomeMemory(known, capacity).scored(),
                        Instant.ofEpochMilli(taskContext.currentSystemTimeMs())))
                .ifPresent(meters::accept);
    }

    @Override
    public void process(Record<String, List<CaseOutcome>> record) {
        clock.observe(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        record.value().forEach(outcome -> learn(record, outcome));
    }

    private void forgetIdle(long wallTime) {
        clock.observe(context.currentStreamTimeMs(), wallTime);
        if (clock.isRunning()) {
            Instant now = clock.streamTime();
            idle.take(now).forEach(key -> {
                proposers.delete(key);
                context.forward(new Record<>(key, null, now.toEpochMilli()));
            });
        }
    }

    private void learn(Record<String, List<CaseOutcome>> record, CaseOutcome outcome) {
        List<CaseOutcome> remembered =
                Optional.ofNullable(outcomes.get(record.key())).orElse(List.of());
        OutcomeMemory memory = new OutcomeMemory(remembered, capacity);
        Optional<Kind> before = memory.of(outcome).map(CaseOutcome::kind);
        if (before.equals(Optional.of(outcome.kind()))) {
            return; // told again
        }
        OutcomeMemory after = memory.learned(outcome);
        outcomes.put(record.key(), after.outcomes());
        Instant at = Instant.ofEpochMilli(record.timestamp());
        ProposerRecord all = known(outcome.provider(), ProposerRecords.ALL, Optional.empty(), at);
        if (!outcome.errorType().isEmpty()) {
            learn(record, known(outcome.provider(), outcome.errorType(), Optional.of(all), at), before, outcome);
        }
        learn(record, all, before, outcome);
        Calibration calibration = Calibrations.of(after.scored(), at);
        meters.accept(calibration);
        context.forward(record.withKey(calibration.getName()).withValue(calibration));
    }

    private ProposerRecord known(String proposer, String errorType, Optional<ProposerRecord> all, Instant at) {
        String key = ProposerRecords.key(proposer, errorType);
        return Optional.ofNullable(proposers.get(key))
                .filter(known -> !idle.isIdle(key, clock.streamTime()))
                .orElseGet(() -> ProposerRecords.prior(proposer, errorType, all, at));
    }

    private void learn(
            Record<String, List<CaseOutcome>> record,
            ProposerRecord known,
            Optional<Kind> before,
            CaseOutcome outcome) {
        ProposerRecord learned =
                ProposerRecords.learned(known, before, outcome.kind(), Instant.ofEpochMilli(record.timestamp()));
        String key = ProposerRecords.key(learned.getProposer(), learned.getErrorType());
        proposers.put(key, learned);
        if (!learned.getErrorType().equals(ProposerRecords.ALL)) {
            idle.touch(key, clock.streamTime());
        }
        context.forward(record.withKey(key).withValue(learned));
    }
}
