package dev.selfheal.analysis;

import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.breaker.Report;
import dev.selfheal.analysis.confidence.ConfidenceMeters;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseOutput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.regression.SuspectGroups;
import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.HealingCase;
import dev.selfheal.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The loop as the analysis sees it. Errors, trends and cases of a group meet in one task; answers about a case are
 * repartitioned to its group. Policies and breakers are global: every task knows all of them.
 */
public final class AnalysisTopology {

    private AnalysisTopology() {}

    /**
     * Builds without any I/O; the same configuration gives the same topology.
     *
     * @param partitions of {@code error-events}: answers are spread alike
     */
    public static Topology build(AnalysisConfig config, int partitions) {
        return build(config, partitions, new ConfidenceMeters());
    }

    /**
     * The same.
     *
     * @param confidence told how true the given confidences were
     */
    static Topology build(AnalysisConfig config, int partitions, ConfidenceMeters confidence) {
        StreamsBuilder builder = new StreamsBuilder();
        Topics topics = config.topics();
        Wiring wiring = new Wiring(builder, config, partitions);
        ErrorSteps errorSteps = new ErrorSteps(wiring);
        AnswerSteps answers = new AnswerSteps(wiring);
        HealingSteps healing = new HealingSteps(wiring);
        FigureSteps figures = new FigureSteps(wiring);
        GuardSteps guards = new GuardSteps(wiring);

        wiring.know(topics.policies(), "policies");
        wiring.knowBreakers(topics.breakerStates());
        wiring.know(topics.workerLoads(), CaseProcessor.LOADS);
        wiring.know(topics.regressionWatches(), SuspectGroups.WATCHES);
        wiring.know(topics.serviceTrends(), CaseProcessor.SERVICE_TRENDS);
        wiring.know(topics.proposerRecords(), CaseProcessor.PROPOSERS);

        healing.keepCases();
        KStream<String, IncomingError> errors = errorSteps.onceEach(errorSteps.errors(topics.errorEvents()));
        KStream<String, Observation> observations = errorSteps.observe(errors);
        wiring.publish(errorSteps.news(observations), topics.errorTrends());
        KStream<String, GroupWindow> windows = errorSteps.windows(observations);
        wiring.publish(errorSteps.services(windows), topics.serviceTrends());

        KStream<String, CaseInput> proposals = answers.proposals(topics.patchProposals());
        KStream<String, CaseInput> verdicts =
                answers.verdicts(topics.approvedPatches(), topics.rejectedPatches(), topics.patchesForReview());
        KStream<String, CaseInput> reviews = answers.reviews(topics.reviewDecisions());
        KStream<String, CaseInput> deployments = answers.deployments(topics.deployments());

        KStream<String, CaseInput> suspicions = answers.suspicions(observations, windows);

        KStream<String, CaseOutput> outputs =
                healing.heal(errorSteps.seen(observations), proposals, verdicts, reviews, deployments, suspicions);
        healing.publish(healing.requests(outputs), topics.healingRequests(), topics.urgentHealingRequests());
        KStream<String, HealingCase> cases = healing.cases(outputs);
        wiring.publish(cases, topics.healingCases());
        healing.publishWatches(outputs, topics.regressionWatches());

        KStream<String, SpecificRecord> rollbacks = healing.rollbacks(outputs);
        wiring.publish(healing.commands(rollbacks), topics.rollbacks());

        KStream<String, SpecificRecord> learned = figures.confidence(cases, confidence);
        wiring.publish(figures.calibrations(learned), topics.calibrations());
        wiring.publish(figures.proposers(learned), topics.proposerRecords());
        KStream<String, CaseStep> archived = figures.archive(cases, healing.forgotten(outputs));
        wiring.remove(figures.forgotten(archived), topics.healingCases());
        KStream<String, CaseStep> caseSteps = figures.byService(archived);
        figures.keep(verdicts);
        figures.count(caseSteps);

        KStream<String, Report> outcomes = guards.outcomes(outputs);
        KStream<String, SpecificRecord> breakers = guards.breakers(outcomes);
        wiring.publish(guards.states(breakers), topics.breakerStates());
        wiring.publish(
                guards.alerts(
                        outputs,
                        breakers,
                        rollbacks,
                        guards.healingAlerts(caseSteps),
                        guards.incidentAlerts(topics.securityIncidents())),
                topics.alerts());
        return builder.build();
    }
}
