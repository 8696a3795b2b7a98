package dev.selfheal.analysis;

import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseOutput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.regression.DailyBudgetSerde;
import dev.selfheal.analysis.regression.RollbackGate;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.RollbackCommand;
import dev.selfheal.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The healing case, and what it sends out. The names of its operators and stores stand here. */
final class HealingSteps {

    private final Wiring wiring;

    HealingSteps(Wiring wiring) {
        this.wiring = wiring;
    }

    /** First of all, because the trend of a group is kept while its case is open. */
    void keepCases() {
        wiring.addStore(CaseProcessor.CASES, wiring.serde(HealingCase.class));
    }

    /**
     * The healing case of each group.
     *
     * @param errors apart from the answers, because every merge is a step that all the errors would take
     */
    @SafeVarargs
    final KStream<String, CaseOutput> heal(
            KStream<String, CaseInput> errors,
            KStream<String, CaseInput> answer,
            KStream<String, CaseInput>... others) {
        wiring.addStore(CaseProcessor.DUE, Wiring.KEYS);
        wiring.addStore(CaseProcessor.IDLE, Wiring.KEYS);
        wiring.addStore(OutcomeTeller.PROBES, Serdes.Long());
        wiring.addStore(OutcomeTeller.SENT, new DailyBudgetSerde());
        KStream<String, CaseInput> answers = answer;
        for (int i = 0; i < others.length; i++) {
            answers = answers.merge(others[i], Named.as("answers-" + (i + 1)));
        }
        return errors.merge(answers, Named.as("case-inputs"))
                .process(
                        () -> new CaseProcessor(
                                new Classifier(wiring.config().abstainConfidence()),
                                wiring.config().gateSettings(wiring.partitions()),
                                wiring.config().policyGrace(),
                                wiring.config().tick(),
                                wiring.config().forgetAfter()),
                        Named.as("heal"),
                        CaseProcessor.CASES,
                        CaseProcessor.DUE,
                        CaseProcessor.IDLE,
                        OutcomeTeller.PROBES,
                        OutcomeTeller.SENT,
                        TrendProcessor.TRENDS);
    }

    KStream<String, HealingRequest> requests(KStream<String, CaseOutput> outputs) {
        return Wiring.only(outputs, CaseOutput.Requested.class, CaseOutput.Requested::request, "requests");
    }

    KStream<String, HealingCase> cases(KStream<String, CaseOutput> outputs) {
        return Wiring.only(outputs, CaseOutput.CaseChanged.class, CaseOutput.CaseChanged::healingCase, "case-changes");
    }

    /** Groups that nothing is known of any more, without a value. */
    KStream<String, HealingCase> forgotten(KStream<String, CaseOutput> outputs) {
        return outputs.filter(
                        (group, output) -> output instanceof CaseOutput.GroupForgotten, Named.as("groups-forgotten"))
                .mapValues(output -> null, Named.as("no-case"));
    }

    /** Watches that begin, and nothing for those that end. */
    void publishWatches(KStream<String, CaseOutput> outputs, Topic<RegressionWatch> topic) {
        KStream<String, CaseOutput.WatchChanged> changes =
                Wiring.only(outputs, CaseOutput.WatchChanged.class, change -> change, "watch-changes");
        changes.map(
                        (group, change) ->
                                KeyValue.pair(change.caseId(), change.watch().orElse(null)),
                        Named.as("key-of-" + wiring.simple(topic)))
                .to(
                        topic.name(),
                        Produced.<String, RegressionWatch>as("to-" + wiring.simple(topic))
                                .withKeySerde(Wiring.KEYS)
                                .withValueSerde(wiring.serde(topic.type())));
    }

    /** Rollbacks within the limit of each service, and alerts of those beyond it. */
    KStream<String, SpecificRecord> rollbacks(KStream<String, CaseOutput> outputs) {
        wiring.addStore(RollbackGate.STORE, new DailyBudgetSerde());
        KStream<String, RollbackCommand> wanted = Wiring.only(
                outputs, CaseOutput.RollbackWanted.class, CaseOutput.RollbackWanted::command, "rollbacks-wanted");
        return wanted.selectKey((group, command) -> command.getService(), Named.as("service-of-rollbacks"))
                .repartition(Repartitioned.<String, RollbackCommand>as("rollbacks")
                        .withKeySerde(Wiring.KEYS)
                        .withValueSerde(wiring.serde(RollbackCommand.class))
                        .withNumberOfPartitions(wiring.partitions()))
                .process(() -> new RollbackGate(CaseProcessor.POLICIES), Named.as("rollback-gate"), RollbackGate.STORE);
    }

    KStream<String, RollbackCommand> commands(KStream<String, SpecificRecord> rollbacks) {
        return Wiring.only(rollbacks, RollbackCommand.class, command -> command, "rollback-commands");
    }

    /** On the lane of each. */
    void publish(KStream<String, HealingRequest> requests, Topic<HealingRequest> normal, Topic<HealingRequest> urgent) {
        wiring.publish(
                requests.filter((group, request) -> request.getLane() != Lane.URGENT, Named.as("normal-lane")), normal);
        wiring.publish(
                requests.filter((group, request) -> request.getLane() == Lane.URGENT, Named.as("urgent-lane")), urgent);
    }
}
