package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.CaseInput.DeploymentReported;
import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.analysis.healing.CaseInput.SuspicionRaised;
import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.analysis.regression.Watches;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.RollbackCommand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of a case once its patch is out: watched, and then healed, not healed, or taken back. */
final class Deployments {

    private final Circumstances circumstances;
    private final Attempts attempts;

    Deployments(Circumstances circumstances, Attempts attempts) {
        this.circumstances = circumstances;
        this.attempts = attempts;
    }

    Decision onDeployment(Optional<HealingCase> current, DeploymentReported reported, Instant now) {
        Deployment deployment = reported.deployment();
        Optional<HealingCase> meant = current.filter(c -> c.getCaseId().equals(deployment.getCaseId()));
        return switch (deployment.getStatus()) {
            case SUCCEEDED ->
                meant.filter(Deployments::isDeployable)
                        .map(present -> deployed(present, deployment, now))
                        .orElseGet(() -> unwatched(current, deployment, now));
            case ROLLED_BACK ->
                meant.filter(Deployments::isOut)
                        .map(present -> rolledBack(present, deployment, now))
                        .orElseGet(() -> Decision.unchanged(current));
            case FAILED ->
                meant.map(present -> failed(present, deployment, now)).orElseGet(() -> Decision.unchanged(current));
            case STARTED, UNKNOWN -> Decision.unchanged(current);
        };
    }

    /** An error of the group while it is watched. */
    Decision onError(HealingCase present, ErrorSeen seen, Instant now) {
        Optional<RegressionWatch> watch = present.getWatch().filter(running -> Watches.isAfter(running, seen.event()));
        if (watch.isEmpty()) {
            return Decision.unchanged(Optional.of(present));
        }
        RegressionPolicy policy = regressionPolicy(present);
        RegressionWatch counted = Watches.counted(watch.get(), seen.event());
        HealingCase after = HealingCase.newBuilder(present)
                .setWatch(counted)
                .setUpdatedAt(now)
                .setDeadline(Watches.deadline(counted, policy))
                .build();
        return Watches.rise(counted, policy)
                .map(rise -> regressed(after, now, rise, seen.cause()))
                .orElseGet(() -> Decision.of(after));
    }

    /** Something else of the service went wrong since. */
    Decision onSuspicion(HealingCase present, SuspicionRaised raised, Instant now) {
        RegressionSuspicion suspicion = raised.suspicion();
        boolean meant =
                present.getState() == CaseState.DEPLOYED && present.getCaseId().equals(suspicion.getCaseId());
        return meant
                ? regressed(present, now, suspicion.getReason(), raised.cause())
                : Decision.unchanged(Optional.of(present));
    }

    /** The watch is over. */
    Decision onWatchDue(HealingCase present, Instant now) {
        RegressionPolicy policy = regressionPolicy(present);
        Optional<RegressionWatch> watch = present.getWatch();
        HealingCase unwatched = HealingCase.newBuilder(present).clearWatch().build();
        if (watch.filter(running -> !Watches.endsQuiet(running, policy)).isPresent()) {
            String why = "the error goes on after the deployment: "
                    + watch.get().getCountAfter() + " times in " + policy.getWatchMinutes() + " minutes";
            Decision exhausted = attempts.exhausted(unwatched, now, why, "deadline");
            return exhausted.then(Decision.of(exhausted.current().orElseThrow(), ended(unwatched)));
        }
        String why = "no error of the group for " + policy.getQuietMinutes() + " minutes";
        HealingCase healed = CaseHistory.moved(unwatched, CaseState.HEALED, Optional.empty(), now, why, "deadline");
        return HealingCases.moved(healed, Outcome.HEALED).then(Decision.of(healed, ended(healed)));
    }

    /** Nobody has reported the rollback. Said once; the case goes on waiting for a report or a person. */
    Decision onRollbackDue(HealingCase present, Instant now) {
        HealingCase told = HealingCase.newBuilder(present)
                .clearDeadline()
                .setUpdatedAt(now)
                .build();
        String message =
                "no rollback was reported until " + present.getDeadline().orElseThrow();
        return HealingCases.moved(told)
                .then(Decision.of(told, Attempts.alert(told, "RollbackMissing", AlertLevel.CRITICAL, message)));
    }

    /** What ends a watch for those who follow it. */
    static CaseOutput ended(HealingCase healingCase) {
        return new CaseOutput.WatchChanged(healingCase.getCaseId(), Optional.empty());
    }

    private Decision deployed(HealingCase present, Deployment deployment, Instant now) {
        RegressionPolicy policy = regressionPolicy(present);
        RegressionWatch watch =
                Watches.begin(present, deployment, circumstances.pastErrors(present.getGroup()), policy);
        Optional<Instant> deadline = Optional.of(Watches.deadline(watch, policy));
        String cause = deployment.getDeploymentId();
        HealingCase watched = HealingCase.newBuilder(
                        CaseHistory.moved(present, CaseState.DEPLOYED, deadline, now, deployment.getCommit(), cause))
                .setWatch(watch)
                .build();
        return HealingCases.moved(watched)
                .then(Decision.of(watched, new CaseOutput.WatchChanged(watched.getCaseId(), Optional.of(watch))));
    }

    /** A patch that goes out for a case that has ended or been replaced is nobody's to watch; people are told. */
    private static Decision unwatched(Optional<HealingCase> current, Deployment deployment, Instant now) {
        boolean known = current.filter(present -> present.getCaseId().equals(deployment.getCaseId()))
                .filter(present -> isOut(present) || present.getState() == CaseState.HEALED)
                .isPresent();
        String message = deployment.getService() + ": deployment " + deployment.getDeploymentId()
                + " belongs to no case that waits for one; nothing watches it";
        return known
                ? Decision.unchanged(current)
                : new Decision(
                        current,
                        List.of(Attempts.alert(
                                deployment.getCaseId(), "DeploymentUnwatched", AlertLevel.WARNING, message, now)));
    }

    /** A patch that cannot go out ends its case, and the group rests; the breakers hear nothing, it proved itself. */
    private static Decision failed(HealingCase present, Deployment deployment, Instant now) {
        if (!isDeployable(present)) {
            return Decision.of(present, failure(present, deployment));
        }
        HealingCase ended = CaseHistory.moved(
                present,
                CaseState.EXHAUSTED,
                Optional.empty(),
                now,
                "the deployment failed: " + deployment.getMessage(),
                deployment.getDeploymentId());
        return HealingCases.moved(ended).then(Decision.of(ended, failure(ended, deployment)));
    }

    private static CaseOutput failure(HealingCase told, Deployment deployment) {
        return Attempts.alert(told, "DeploymentFailed", AlertLevel.WARNING, deployment.getMessage());
    }

    private Decision rolledBack(HealingCase present, Deployment deployment, Instant now) {
        HealingCase back = CaseHistory.moved(
                HealingCase.newBuilder(present).clearWatch().build(),
                CaseState.ROLLED_BACK,
                Optional.empty(),
                now,
                deployment.getMessage(),
                deployment.getDeploymentId());
        // A regression has been counted already.
        return present.getState() == CaseState.REGRESSED
                ? HealingCases.moved(back)
                : HealingCases.moved(back, Outcome.REGRESSED).then(Decision.of(back, ended(back)));
    }

    private Decision regressed(HealingCase present, Instant now, String why, String cause) {
        RegressionWatch watch = present.getWatch().orElseThrow();
        boolean rollsBack = regressionPolicy(present).getRollback();
        Optional<Instant> deadline =
                rollsBack ? Optional.of(now.plusMillis(budget(present).getStepTimeoutMs())) : Optional.empty();
        HealingCase regressed = HealingCase.newBuilder(
                        CaseHistory.moved(present, CaseState.REGRESSED, deadline, now, why, cause))
                .clearWatch()
                .setQuarantined(true)
                .build();
        Decision told = HealingCases.moved(regressed, Outcome.REGRESSED)
                .then(Decision.of(
                        regressed,
                        ended(regressed),
                        Attempts.alert(regressed, "PatchRegressed", AlertLevel.CRITICAL, why)));
        return rollsBack ? told.then(Decision.of(regressed, rollback(watch, why, now))) : told;
    }

    private static CaseOutput rollback(RegressionWatch watch, String why, Instant now) {
        return new CaseOutput.RollbackWanted(RollbackCommand.newBuilder()
                .setRollbackId(DerivedId.of("rollback", watch.getCaseId(), watch.getDeploymentId()))
                .setDeploymentId(watch.getDeploymentId())
                .setCaseId(watch.getCaseId())
                .setGroup(watch.getGroup())
                .setService(watch.getService())
                .setCommit(watch.getCommit())
                .setReason(why)
                .setAt(now)
                .build());
    }

    private RegressionPolicy regressionPolicy(HealingCase healingCase) {
        return circumstances
                .policy(healingCase.getService())
                .map(HealingPolicy::getRegression)
                .orElseGet(() -> RegressionPolicy.newBuilder().build());
    }

    private BudgetPolicy budget(HealingCase healingCase) {
        return circumstances
                .policy(healingCase.getService())
                .map(HealingPolicy::getBudget)
                .orElseGet(() -> BudgetPolicy.newBuilder().build());
    }

    private static boolean isDeployable(HealingCase present) {
        return present.getState() == CaseState.APPROVED || present.getState() == CaseState.IN_REVIEW;
    }

    private static boolean isOut(HealingCase present) {
        return present.getState() == CaseState.DEPLOYED || present.getState() == CaseState.REGRESSED;
    }
}
