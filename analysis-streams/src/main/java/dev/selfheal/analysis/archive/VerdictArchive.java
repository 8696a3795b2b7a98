package dev.selfheal.analysis.archive;

import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseInput.VerdictArrived;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchVerdict;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the verdict on the newest attempt of each archived case, so that whoever reviews it sees the diff and what it rests
 * on. {@link CaseArchive} forgets it with its case, so there is never more than one for each case that is kept.
 */
public final class VerdictArchive implements Processor<String, CaseInput, Void, Void> {

    /** Name of the store, by case id. */
    public static final String VERDICTS = "case-verdicts";

    private KeyValueStore<String, HealingCase> records;
    private KeyValueStore<String, PatchVerdict> verdicts;

    @Override
    public void init(ProcessorContext<Void, Void> taskContext) {
        records = taskContext.getStateStore(CaseArchive.RECORDS);
        verdicts = taskContext.getStateStore(VERDICTS);
    }

    @Override
    public void process(Record<String, CaseInput> record) {
        if (record.value() instanceof VerdictArrived arrived && isNewest(arrived.verdict())) {
            verdicts.put(arrived.verdict().getCaseId(), arrived.verdict());
        }
    }

    /** A verdict on an attempt that the case has never made, or on a case that is not known, would never be forgotten. */
    private boolean isNewest(PatchVerdict verdict) {
        boolean attempted = Optional.ofNullable(records.get(verdict.getCaseId()))
                .filter(known -> verdict.getAttempt() <= known.getAttempt())
                .isPresent();
        return attempted
                && Optional.ofNullable(verdicts.get(verdict.getCaseId()))
                        .filter(kept -> verdict.getAttempt() < kept.getAttempt())
                        .isEmpty();
    }
}
