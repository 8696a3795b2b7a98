package dev.selfheal.analysis.archive;

import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest cases of each group by their id, without the sample error, and forwards what is new in each. Runs in
 * the group's task and only when a case changes, so an error that changes no case costs nothing here. A group without a case
 * is forgotten. Each case that is kept no more is forwarded under its id, without a value.
 */
public final class CaseArchive implements Processor<String, HealingCase, String, CaseStep> {

    /** Names of the stores it works on: cases by case id, and the ids of each group, oldest first. */
    public static final String RECORDS = "case-records";

    public static final String INDEX = "case-index";

    private static final String SEPARATOR = "\n";

    private final int casesPerGroup;
    private ProcessorContext<String, CaseStep> context;
    private KeyValueStore<String, HealingCase> records;
    private KeyValueStore<String, String> index;
    private KeyValueStore<String, PatchVerdict> verdicts;

    /**
     * @param casesPerGroup kept, the one under way included
     */
    public CaseArchive(int casesPerGroup) {
        this.casesPerGroup = casesPerGroup;
    }

    /** The ids in an entry of {@link #INDEX}, oldest first. */
    public static List<String> ids(String entry) {
        return entry == null || entry.isEmpty() ? List.of() : List.of(entry.split(SEPARATOR));
    }

    @Override
    public void init(ProcessorContext<String, CaseStep> taskContext) {
        context = taskContext;
        records = taskContext.getStateStore(RECORDS);
        index = taskContext.getStateStore(INDEX);
        verdicts = taskContext.getStateStore(VerdictArchive.VERDICTS);
    }

    @Override
    public void process(Record<String, HealingCase> record) {
        HealingCase after = record.value();
        if (after == null) {
            forget(record);
            return;
        }
        Optional<HealingCase> before = Optional.ofNullable(records.get(after.getCaseId()));
        records.put(
                after.getCaseId(), HealingCase.newBuilder(after).clearEvent().build());
        if (before.isEmpty()) {
            enter(record, after.getCaseId());
        }
        CaseSteps.between(before, after)
                .forEach(step -> context.forward(
                        record.withValue(step).withTimestamp(step.at().toEpochMilli())));
    }

    private void forget(Record<String, HealingCase> group) {
        for (String caseId : ids(index.get(group.key()))) {
            drop(caseId, group);
        }
        index.delete(group.key());
    }

    private void enter(Record<String, HealingCase> group, String caseId) {
        List<String> ids = new ArrayList<>(ids(index.get(group.key())));
        ids.add(caseId);
        while (ids.size() > casesPerGroup) {
            drop(ids.remove(0), group);
        }
        index.put(group.key(), String.join(SEPARATOR, ids));
    }

    private void drop(String caseId, Record<String, HealingCase> group) {
        records.delete(caseId);
        verdicts.delete(caseId);
        context.forward(group.withKey(caseId).withValue(null));
    }
}
