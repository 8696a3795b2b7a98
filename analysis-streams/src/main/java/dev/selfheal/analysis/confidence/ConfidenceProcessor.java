package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.ProposerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Learns from each outcome, and forwards the calibration and the proposer's records as they are then. */
public final class ConfidenceProcessor implements Processor<String, List<CaseOutcome>, String, SpecificRecord> {

    /** Names of the stores it works on. */
    public static final String OUTCOMES = "outcomes-remembered";

    public static final String PROPOSERS = "proposers";

    /** The one key everything is learned under. */
    public static final String KEY = Calibrations.NAME;

    private final int capacity;
    private final ConfidenceMeters meters;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, List<CaseOutcome>> outcomes;
    private KeyValueStore<String, ProposerRecord> proposers;

    /**
     * @param capacity outcomes that calibration remembers
     */
    public ConfidenceProcessor(int capacity, ConfidenceMeters meters) {
        this.capacity = capacity;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> taskContext) {
        context = taskContext;
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
        record.value().forEach(outcome -> learn(record, outcome));
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
        return Optional.ofNullable(proposers.get(ProposerRecords.key(proposer, errorType)))
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
        context.forward(record.withKey(key).withValue(learned));
    }
}
