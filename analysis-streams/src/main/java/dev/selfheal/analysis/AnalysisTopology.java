package dev.selfheal.analysis;

import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.breaker.Report;
import dev.selfheal.analysis.confidence.ConfidenceMeters;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseOutput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.regression.SuspectGroups;
import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.ErrorEvent;
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
        AnalysisSteps steps = new AnalysisSteps(builder, config, partitions);

        steps.know(topics.policies(), "policies");
        steps.knowBreakers(topics.breakerStates());
        steps.know(topics.workerLoads(), CaseProcessor.LOADS);
        steps.know(topics.regressionWatches(), SuspectGroups.WATCHES);
        steps.know(topics.serviceTrends(), CaseProcessor.SERVICE_TRENDS);
        steps.know(topics.proposerRecords(), CaseProcessor.PROPOSERS);

        KStream<String, ErrorEvent> errors = steps.onceEach(steps.errors(topics.errorEvents()));
        KStream<String, Observation> observations = steps.observe(errors);
        steps.publish(steps.news(observations), topics.errorTrends());
        KStream<String, GroupWindow> windows = steps.windows(observations);
        steps.publish(steps.services(windows), topics.serviceTrends());

        KStream<String, CaseInput> proposals = steps.proposals(topics.patchProposals());
        KStream<String, CaseInput> verdicts =
                steps.verdicts(topics.approvedPatches(), topics.rejectedPatches(), topics.patchesForReview());
        KStream<String, CaseInput> reviews = steps.reviews(topics.reviewDecisions());
        KStream<String, CaseInput> deployments = steps.deployments(topics.deployments());

        KStream<String, CaseInput> suspicions = steps.suspicions(observations, windows);

        KStream<String, CaseOutput> outputs =
                steps.heal(steps.seen(observations), proposals, verdicts, reviews, deployments, suspicions);
        steps.publish(steps.requests(outputs), topics.healingRequests(), topics.urgentHealingRequests());
        KStream<String, HealingCase> cases = steps.cases(outputs);
        steps.publish(cases, topics.healingCases());
        steps.publishWatches(outputs, topics.regressionWatches());

        KStream<String, SpecificRecord> rollbacks = steps.rollbacks(outputs);
        steps.publish(steps.commands(rollbacks), topics.rollbacks());

        KStream<String, SpecificRecord> learned = steps.confidence(cases, confidence);
        steps.publish(steps.calibrations(learned), topics.calibrations());
        steps.publish(steps.proposers(learned), topics.proposerRecords());
        KStream<String, CaseStep> caseSteps = steps.byService(steps.archive(cases));
        steps.count(caseSteps);

        KStream<String, Report> outcomes = steps.outcomes(outputs);
        KStream<String, SpecificRecord> breakers = steps.breakers(outcomes);
        steps.publish(steps.states(breakers), topics.breakerStates());
        steps.publish(
                steps.alerts(
                        outputs,
                        breakers,
                        rollbacks,
                        steps.healingAlerts(caseSteps),
                        steps.incidentAlerts(topics.securityIncidents())),
                topics.alerts());
        return builder.build();
    }
}
