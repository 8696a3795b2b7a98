package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Things that happen to one group in any order; the same seed gives the same things. */
final class Chaos {

    /** Each may refer to any request sent so far, so late answers, double ones and those to ended cases come up often. */
    enum Happening {
        ERROR,
        BURST,
        REPRODUCTION,
        PROPOSAL,
        NOTHING_FOUND,
        APPROVED,
        REJECTED,
        NEEDS_REVIEW,
        PERSON_APPROVES,
        PERSON_REJECTS,
        PERSON_STOPS,
        PERSON_RETRIES,
        PERSON_FORCES,
        PERSON_NAMES_NO_CASE,
        DEPLOYED,
        DEPLOYMENT_FAILED,
        ROLLED_BACK,
        SUSPICION,
        TIME,
        SAME_AGAIN,
        BREAKER_OPENS,
        BREAKER_CLOSES,
        POLICY_GOES,
        POLICY_COMES
    }

    /**
     * @param pick which of the requests so far it is about, and which of several kinds
     * @param seconds since the step before
     */
    record Step(Happening happening, int pick, int seconds) {}

    private static final int BURST = 12;
    private static final Duration LONG_WORK = Duration.ofHours(1);

    private final CaseStory story = new CaseStory();
    private Instant now = Samples.START;
    private int steps;
    private CaseInput last = new CaseInput.TimePassed(now);

    static List<Step> steps(long seed, int most) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        int size = 1 + random.nextInt(most);
        for (int i = 0; i < size; i++) {
            Happening happening = Happening.values()[random.nextInt(Happening.values().length)];
            int longest = random.nextInt(10) == 0 ? 20_000 : 300;
            steps.add(new Step(happening, random.nextInt(10), random.nextInt(longest)));
        }
        return steps;
    }

    CaseStory story() {
        return story;
    }

    void happen(Step step) {
        now = now.plusSeconds(step.seconds());
        steps++;
        switch (step.happening()) {
            case ERROR -> story.see(error(step).build());
            case BURST -> {
                for (int i = 0; i < BURST; i++) {
                    story.see(error(step).setEventId("burst-" + steps + "-" + i).build());
                }
            }
            case REPRODUCTION ->
                story.see(Samples.reproducible("r" + steps, now).build());
            case TIME -> tell(new CaseInput.TimePassed(now));
            case SAME_AGAIN -> story.tell(last);
            case BREAKER_OPENS -> story.circumstances.openBreaker(true);
            case BREAKER_CLOSES -> story.circumstances.openBreaker(false);
            case POLICY_GOES -> story.circumstances.noPolicy();
            case POLICY_COMES -> story.circumstances.policy(Samples.policy().build());
            case PERSON_NAMES_NO_CASE -> tell(review("", Decision.values()[step.pick() % Decision.values().length]));
            default -> answer(step);
        }
    }

    private ErrorEvent.Builder error(Step step) {
        return Samples.error("e" + steps, now).setRelease(step.pick() < 3 ? "release-" + step.pick() : null);
    }

    private void answer(Step step) {
        if (story.requests().isEmpty()) {
            return;
        }
        HealingRequest request =
                story.requests().get(Math.min(step.pick(), story.requests().size() - 1));
        String caseId = request.getCaseId();
        tell(
                switch (step.happening()) {
                    case PROPOSAL -> proposal(Samples.proposal(request, now), step);
                    case NOTHING_FOUND -> proposal(Samples.nothingFound(request, now), step);
                    case APPROVED -> verdict(request, VerdictKind.APPROVED, step);
                    case REJECTED -> verdict(request, VerdictKind.REJECTED, step);
                    case NEEDS_REVIEW -> verdict(request, VerdictKind.NEEDS_REVIEW, step);
                    case PERSON_APPROVES -> review(caseId, Decision.APPROVE);
                    case PERSON_REJECTS -> review(caseId, Decision.REJECT);
                    case PERSON_STOPS -> review(caseId, Decision.STOP);
                    case PERSON_RETRIES -> review(caseId, Decision.RETRY);
                    case PERSON_FORCES -> review(caseId, Decision.FORCE);
                    case DEPLOYED -> deployment(caseId, DeploymentStatus.SUCCEEDED, step);
                    case DEPLOYMENT_FAILED -> deployment(caseId, DeploymentStatus.FAILED, step);
                    case ROLLED_BACK -> deployment(caseId, DeploymentStatus.ROLLED_BACK, step);
                    case SUSPICION -> suspicion(caseId);
                    default -> throw new IllegalArgumentException(step.happening() + " is no answer");
                });
    }

    private void tell(CaseInput input) {
        last = input;
        story.tell(input);
    }

    private static CaseInput proposal(PatchProposal.Builder proposal, Step step) {
        return Inputs.of(proposal.setDurationMs(worked(step)).build());
    }

    private CaseInput verdict(HealingRequest request, VerdictKind kind, Step step) {
        PatchVerdict verdict =
                Samples.verdict(request, kind, now).setDurationMs(worked(step)).build();
        return Inputs.of(verdict);
    }

    private static long worked(Step step) {
        return step.pick() % 2 == 0 ? 0 : LONG_WORK.toMillis();
    }

    private CaseInput review(String caseId, Decision decision) {
        ReviewDecision review = Samples.review(caseId, decision, now).build();
        return new CaseInput.ReviewDecided(review);
    }

    private CaseInput deployment(String caseId, DeploymentStatus status, Step step) {
        return new CaseInput.DeploymentReported(Samples.deployment(caseId, status, now)
                .setDeploymentId("deployment-" + caseId + "-" + step.pick() % 2)
                .setRelease(step.pick() == 1 ? "release-1" : null)
                .build());
    }

    private CaseInput suspicion(String caseId) {
        return new CaseInput.SuspicionRaised(RegressionSuspicion.newBuilder()
                .setCaseId(caseId)
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setReason("new error out of the patched lines")
                .setAt(now)
                .build());
    }
}
