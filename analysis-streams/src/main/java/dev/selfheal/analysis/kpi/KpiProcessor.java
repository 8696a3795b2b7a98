package dev.selfheal.analysis.kpi;

import dev.selfheal.analysis.archive.CaseStep;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the figures of each service, and of all together under {@link CaseStep#ALL_SERVICES}. */
public final class KpiProcessor implements Processor<String, CaseStep, Void, Void> {

    /** Name of the store it works on. */
    public static final String STORE = "kpis";

    private KeyValueStore<String, Kpis> kpis;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        kpis = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, CaseStep> record) {
        CaseStep step = record.value();
        Kpis before = Optional.ofNullable(kpis.get(record.key())).orElseGet(() -> Kpis.startedAt(step.at()));
        kpis.put(record.key(), before.on(step));
    }
}
