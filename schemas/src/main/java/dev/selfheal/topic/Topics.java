package dev.selfheal.topic;

import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.event.RollbackCommand;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.WorkerLoad;
import dev.selfheal.topic.Topic.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Every topic of one installation. Immutable. */
public final class Topics {

    /** Used where no other prefix is configured. */
    public static final String DEFAULT_PREFIX = "selfheal.";

    private static final Duration SHORT = Duration.ofDays(2);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONG = Duration.ofDays(90);

    private final String prefix;
    private final Topic<ErrorEvent> errorEvents;
    private final Topic<ErrorEvent> jsonErrorEvents;
    private final Topic<ErrorTrend> errorTrends;
    private final Topic<BreakerState> breakerStates;
    private final Topic<HealingRequest> healingRequests;
    private final Topic<HealingRequest> urgentHealingRequests;
    private final Topic<PatchProposal> patchProposals;
    private final Topic<PatchVerdict> approvedPatches;
    private final Topic<PatchVerdict> rejectedPatches;
    private final Topic<PatchVerdict> patchesForReview;
    private final Topic<ReviewDecision> reviewDecisions;
    private final Topic<Deployment> deployments;
    private final Topic<RollbackCommand> rollbacks;
    private final Topic<HealingCase> healingCases;
    private final Topic<HealingPolicy> policies;
    private final Topic<SecurityIncident> securityIncidents;
    private final Topic<Alert> alerts;
    private final Topic<ServiceTrend> serviceTrends;
    private final Topic<WorkerLoad> workerLoads;
    private final Topic<RegressionWatch> regressionWatches;
    private final Topic<ProposerRecord> proposerRecords;
    private final Topic<Calibration> calibrations;

    /**
     * @param prefix put before every name, for example {@code selfheal.}; may be empty
     */
    public Topics(String prefix) {
        this.prefix = prefix;
        errorEvents = deleted("error-events", ErrorEvent.class, ErrorEvent::getGroup, WEEK);
        jsonErrorEvents = deleted("error-events.json", ErrorEvent.class, ErrorEvent::getService, WEEK);
        errorTrends = deleted("error-trends", ErrorTrend.class, ErrorTrend::getGroup, SHORT);
        breakerStates = compacted("breaker-states", BreakerState.class, b -> b.getScope() + ":" + b.getName());
        healingRequests = deleted("healing-requests", HealingRequest.class, HealingRequest::getCaseId, WEEK);
        urgentHealingRequests =
                deleted("healing-requests.urgent", HealingRequest.class, HealingRequest::getCaseId, WEEK);
        patchProposals = deleted("patch-proposals", PatchProposal.class, PatchProposal::getCaseId, WEEK);
        approvedPatches = deleted("patches.approved", PatchVerdict.class, PatchVerdict::getCaseId, LONG);
        rejectedPatches = deleted("patches.rejected", PatchVerdict.class, PatchVerdict::getCaseId, LONG);
        patchesForReview = deleted("patches.review", PatchVerdict.class, PatchVerdict::getCaseId, LONG);
        reviewDecisions = deleted("review-decisions", ReviewDecision.class, ReviewDecision::getCaseId, LONG);
        deployments = deleted("deployments", Deployment.class, Deployment::getCaseId, LONG);
        rollbacks = deleted("rollbacks", RollbackCommand.class, RollbackCommand::getCaseId, LONG);
        healingCases = compacted("healing-cases", HealingCase.class, HealingCase::getCaseId);
        policies = compacted("policies", HealingPolicy.class, HealingPolicy::getService);
        securityIncidents = deleted("security-incidents", SecurityIncident.class, SecurityIncident::getCaseId, LONG);
        alerts = deleted("alerts", Alert.class, a -> a.getName() + ":" + a.getSubject(), WEEK);
        serviceTrends = compacted("service-trends", ServiceTrend.class, ServiceTrend::getService);
        workerLoads = compacted("worker-loads", WorkerLoad.class, WorkerLoad::getWorker);
        regressionWatches = compacted("regression-watches", RegressionWatch.class, RegressionWatch::getCaseId);
        proposerRecords =
                compacted("proposer-records", ProposerRecord.class, r -> r.getProposer() + "|" + r.getErrorType());
        calibrations = compacted("calibrations", Calibration.class, Calibration::getName);
    }

    public Topic<ErrorEvent> errorEvents() {
        return errorEvents;
    }

    /** Errors as JSON, in the form of the intake's {@code POST /v1/errors}; the one topic whose values are not Avro. */
    public Topic<ErrorEvent> jsonErrorEvents() {
        return jsonErrorEvents;
    }

    public Topic<ErrorTrend> errorTrends() {
        return errorTrends;
    }

    public Topic<BreakerState> breakerStates() {
        return breakerStates;
    }

    public Topic<HealingRequest> healingRequests() {
        return healingRequests;
    }

    public Topic<HealingRequest> urgentHealingRequests() {
        return urgentHealingRequests;
    }

    public Topic<PatchProposal> patchProposals() {
        return patchProposals;
    }

    public Topic<PatchVerdict> approvedPatches() {
        return approvedPatches;
    }

    public Topic<PatchVerdict> rejectedPatches() {
        return rejectedPatches;
    }

    public Topic<PatchVerdict> patchesForReview() {
        return patchesForReview;
    }

    public Topic<ReviewDecision> reviewDecisions() {
        return reviewDecisions;
    }

    public Topic<Deployment> deployments() {
        return deployments;
    }

    public Topic<RollbackCommand> rollbacks() {
        return rollbacks;
    }

    public Topic<HealingCase> healingCases() {
        return healingCases;
    }

    public Topic<HealingPolicy> policies() {
        return policies;
    }

    public Topic<SecurityIncident> securityIncidents() {
        return securityIncidents;
    }

    public Topic<Alert> alerts() {
        return alerts;
    }

    public Topic<ServiceTrend> serviceTrends() {
        return serviceTrends;
    }

    public Topic<WorkerLoad> workerLoads() {
        return workerLoads;
    }

    public Topic<RegressionWatch> regressionWatches() {
        return regressionWatches;
    }

    public Topic<ProposerRecord> proposerRecords() {
        return proposerRecords;
    }

    public Topic<Calibration> calibrations() {
        return calibrations;
    }

    /** All of them, dead-letter topics not included. */
    public List<Topic<?>> all() {
        return List.of(
                errorEvents,
                jsonErrorEvents,
                errorTrends,
                breakerStates,
                healingRequests,
                urgentHealingRequests,
                patchProposals,
                approvedPatches,
                rejectedPatches,
                patchesForReview,
                reviewDecisions,
                deployments,
                rollbacks,
                healingCases,
                policies,
                securityIncidents,
                alerts,
                serviceTrends,
                workerLoads,
                regressionWatches,
                proposerRecords,
                calibrations);
    }

    private <T extends SpecificRecord> Topic<T> deleted(
            String name, Class<T> type, Function<T, String> key, Duration retention) {
        return new Topic<>(prefix + name, type, key, Cleanup.DELETE, retention);
    }

    private <T extends SpecificRecord> Topic<T> compacted(String name, Class<T> type, Function<T, String> key) {
        return new Topic<>(prefix + name, type, key, Cleanup.COMPACT, LONG);
    }
}
