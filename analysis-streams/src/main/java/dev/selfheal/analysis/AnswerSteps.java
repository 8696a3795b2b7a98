package dev.selfheal.analysis;

import dev.selfheal.analysis.healing.Arrival;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.regression.SuspectGroups;
import dev.selfheal.analysis.regression.SuspectServices;
import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.trend.MinuteCountsSerde;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.topic.Topic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/** What others say about a case, each brought to the partition of its group. The names of its operators and stores stand here. */
final class AnswerSteps {

    private final Wiring wiring;

    AnswerSteps(Wiring wiring) {
        this.wiring = wiring;
    }

    KStream<String, CaseInput> proposals(Topic<PatchProposal> topic) {
        return wiring.byGroup(wiring.answers(topic, "proposals"), topic, PatchProposal::getGroup, "proposals")
                .processValues(() -> new Arrival<PatchProposal>(CaseInput.ProposalArrived::new), Named.as("proposal"));
    }

    KStream<String, CaseInput> verdicts(
            Topic<PatchVerdict> approved, Topic<PatchVerdict> rejected, Topic<PatchVerdict> review) {
        KStream<String, PatchVerdict> verdicts = wiring.answers(approved, "approved")
                .merge(wiring.answers(rejected, "rejected"), Named.as("approved-or-rejected"))
                .merge(wiring.answers(review, "review"), Named.as("verdicts"));
        return wiring.byGroup(verdicts, approved, PatchVerdict::getGroup, "verdicts")
                .processValues(() -> new Arrival<PatchVerdict>(CaseInput.VerdictArrived::new), Named.as("verdict"));
    }

    KStream<String, CaseInput> reviews(Topic<ReviewDecision> topic) {
        return wiring.byGroup(wiring.answers(topic, "reviews"), topic, ReviewDecision::getGroup, "reviews")
                .mapValues(CaseInput.ReviewDecided::new, Named.as("reviewed"));
    }

    KStream<String, CaseInput> deployments(Topic<Deployment> topic) {
        return wiring.byGroup(wiring.answers(topic, "deployments"), topic, Deployment::getGroup, "deployments")
                .mapValues(CaseInput.DeploymentReported::new, Named.as("deployment"));
    }

    /** What new groups and whole services say about patches that are watched. */
    KStream<String, CaseInput> suspicions(
            KStream<String, Observation> observations, KStream<String, GroupWindow> windows) {
        wiring.addStore(SuspectServices.STORE, new MinuteCountsSerde().forgettingOlder());
        wiring.addStore(SuspectServices.ACCUSED, Serdes.Long());
        KStream<String, RegressionSuspicion> ofServices = windows.process(
                () -> new SuspectServices(CaseProcessor.POLICIES),
                Named.as("suspect-services"),
                SuspectServices.STORE,
                SuspectServices.ACCUSED);
        return wiring.byGroup(
                        observations
                                .process(SuspectGroups::new, Named.as("suspect-groups"))
                                .merge(ofServices, Named.as("suspicions")),
                        RegressionSuspicion.class,
                        (group, suspicion) -> suspicion.getGroup(),
                        "suspected")
                .mapValues(CaseInput.SuspicionRaised::new, Named.as("suspicion"));
    }
}
