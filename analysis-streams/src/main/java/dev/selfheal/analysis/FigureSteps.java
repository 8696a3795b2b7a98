package dev.selfheal.analysis;

import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.archive.CaseStepSerde;
import dev.selfheal.analysis.archive.VerdictArchive;
import dev.selfheal.analysis.confidence.CaseOutcomeSerde;
import dev.selfheal.analysis.confidence.CaseOutcomes;
import dev.selfheal.analysis.confidence.ConfidenceMeters;
import dev.selfheal.analysis.confidence.ConfidenceProcessor;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.kpi.KpisSerde;
import dev.selfheal.analysis.message.EnvelopeStamp;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposerRecord;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** What is learned from how cases end, and kept for questions. The names of its operators and stores stand here. */
final class FigureSteps {

    /** Name of the repartition between groups and services. */
    static final String CASE_STEPS = "case-steps";

    private final Wiring wiring;

    FigureSteps(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What is learned from how cases end: the calibration, and the proposers' records. One task learns it all. */
    KStream<String, SpecificRecord> confidence(KStream<String, HealingCase> cases, ConfidenceMeters meters) {
        wiring.addStore(ConfidenceProcessor.OUTCOMES, new CaseOutcomeSerde().forgettingOlder());
        wiring.addStore(ConfidenceProcessor.PROPOSERS, wiring.serde(ProposerRecord.class));
        wiring.addStore(ConfidenceProcessor.IDLE, Wiring.KEYS);
        return cases.flatMapValues(
                        changed ->
                                CaseOutcomes.of(changed).stream().map(List::of).toList(),
                        Named.as("turned-out"))
                .selectKey((group, outcomes) -> ConfidenceProcessor.KEY, Named.as("key-of-confidence"))
                .repartition(Repartitioned.with(Wiring.KEYS, new CaseOutcomeSerde())
                        .withName("turned-out")
                        .withNumberOfPartitions(1))
                .process(
                        () -> new ConfidenceProcessor(
                                wiring.config().confidenceOutcomes(),
                                meters,
                                wiring.config().tick(),
                                wiring.config().forgetAfter()),
                        Named.as("learn"),
                        ConfidenceProcessor.OUTCOMES,
                        ConfidenceProcessor.PROPOSERS,
                        ConfidenceProcessor.IDLE)
                .processValues(EnvelopeStamp<SpecificRecord>::new, Named.as("confidence-envelope"));
    }

    KStream<String, Calibration> calibrations(KStream<String, SpecificRecord> learned) {
        return Wiring.only(learned, Calibration.class, calibration -> calibration, "calibrations");
    }

    KStream<String, ProposerRecord> proposers(KStream<String, SpecificRecord> learned) {
        return Wiring.withRemovals(learned, ProposerRecord.class, "proposer-records");
    }

    /**
     * Each case's new transitions; its record, and those of the group's earlier cases, are kept for questions until the
     * group is forgotten.
     */
    KStream<String, CaseStep> archive(
            KStream<String, HealingCase> cases, KStream<String, HealingCase> forgottenGroups) {
        wiring.addStore(CaseArchive.RECORDS, wiring.serde(HealingCase.class));
        wiring.addStore(CaseArchive.INDEX, Wiring.KEYS);
        wiring.addStore(VerdictArchive.VERDICTS, wiring.serde(PatchVerdict.class));
        return cases.merge(forgottenGroups, Named.as("cases-and-forgotten"))
                .process(
                        () -> new CaseArchive(wiring.config().casesPerGroup()),
                        Named.as("archive"),
                        CaseArchive.RECORDS,
                        CaseArchive.INDEX,
                        VerdictArchive.VERDICTS);
    }

    /** The cases that are kept no more, by their ids and without a value. */
    KStream<String, HealingCase> forgotten(KStream<String, CaseStep> archived) {
        return archived.filter((caseId, step) -> step == null, Named.as("cases-forgotten"))
                .mapValues(step -> null, Named.as("no-record"));
    }

    /** The newest verdict on each case that is kept: what a reviewer looks at. */
    void keep(KStream<String, CaseInput> verdicts) {
        verdicts.process(VerdictArchive::new, Named.as("keep-verdicts"), CaseArchive.RECORDS, VerdictArchive.VERDICTS);
    }

    /** Every step under its service, and under that which stands for all. */
    KStream<String, CaseStep> byService(KStream<String, CaseStep> steps) {
        return steps.flatMap(
                        (group, step) -> step == null
                                ? List.of()
                                : List.of(
                                        KeyValue.pair(step.service(), step),
                                        KeyValue.pair(CaseStep.ALL_SERVICES, step)),
                        Named.as("service-of-step"))
                .repartition(Repartitioned.<String, CaseStep>as(CASE_STEPS)
                        .withKeySerde(Wiring.KEYS)
                        .withValueSerde(new CaseStepSerde())
                        .withNumberOfPartitions(wiring.partitions()));
    }

    /** Key figures, for questions. */
    void count(KStream<String, CaseStep> steps) {
        wiring.addStore(KpiProcessor.STORE, new KpisSerde().forgettingOlder());
        steps.process(KpiProcessor::new, Named.as("count"), KpiProcessor.STORE);
    }
}
