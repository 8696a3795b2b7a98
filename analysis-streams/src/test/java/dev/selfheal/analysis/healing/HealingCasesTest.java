package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.RefutedCandidate;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealingCasesTest {

    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final Instant SOON = START.plusSeconds(1);

    @Test
    void shouldWaitForMinimumOfEventsInWindow() {
        CaseStory story = new CaseStory().see(plain("e1", START)).see(plain("e2", START.plusSeconds(1)));
        assertThat(story.current()).isEmpty();

        assertThat(story.see(plain("e3", START.plusSeconds(2))).requests()).hasSize(1);
        assertThat(story.lastReason()).isEqualTo("3 errors in 5 minutes");
    }

    @Test
    void shouldNotCountEventsBeforeTheWindow() {
        CaseStory story = new CaseStory()
                .see(plain("e1", START))
                .see(plain("e2", START.plus(Duration.ofMinutes(4))))
                .see(plain("e3", START.plus(Duration.ofMinutes(5))));
        assertThat(story.requests()).isEmpty();

        assertThat(story.see(plain("e4", START.plus(Duration.ofMinutes(5)))).requests())
                .hasSize(1);
    }

    @Test
    void shouldKeepOneRequestInFlightWhileErrorsGoOn() {
        CaseStory story = CaseStory.requested();
        for (int i = 0; i < 10; i++) {
            story.see(Samples.reproducible("more" + i, SOON).build());
        }
        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldTakeReproducibleSampleForTheNextAttempt() {
        CaseStory story = new CaseStory();
        for (int i = 0; i < 3; i++) {
            story.see(plain("e" + i, START));
        }
        story.see(Samples.reproducible("better", SOON).build());
        story.tell(rejected(story.lastRequest()));

        assertThat(story.lastRequest().getEvent().getEventId()).isEqualTo("better");
    }

    @Test
    void shouldIgnoreDuplicateProposalAndVerdict() {
        CaseStory story = CaseStory.requested();
        CaseInput proposal = proposed(story.lastRequest());
        CaseInput verdict = rejected(story.lastRequest());
        story.tell(proposal).tell(proposal).tell(verdict);
        List<CaseOutput> before = story.outputs();

        assertThat(story.tell(verdict).tell(proposal).outputs()).isEqualTo(before);
    }

    @Test
    void shouldTakeVerdictThatOvertakesItsProposal() {
        CaseStory story = CaseStory.requested();
        story.tell(approved(story.lastRequest())).tell(proposed(story.lastRequest()));

        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
        assertThat(story.outcomes()).containsExactly(Outcome.REQUESTED, Outcome.SUCCEEDED);
    }

    @Test
    void shouldIgnoreAnswerOfAnotherCase() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.APPROVED, SOON)
                .setCaseId("case-other")
                .build()));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldTakeAnswerPublishedAtTheDeadlineHoweverLongItTook() {
        CaseStory story = CaseStory.requested();
        story.tell(workedOn(story.lastRequest(), START.plus(STEP), STEP.multipliedBy(2)));

        assertThat(story.state()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldIgnoreAnswerPublishedAfterTheDeadlineByWorkerThatTookTooLong() {
        CaseStory story = CaseStory.requested();
        story.tell(workedOn(story.lastRequest(), START.plus(STEP).plusMillis(1), STEP.plusMillis(1)));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldTakeLateAnswerOfWorkerThatGotTheRequestLate() {
        CaseStory story = CaseStory.requested();
        story.tell(workedOn(story.lastRequest(), START.plus(Duration.ofDays(1)), STEP));

        assertThat(story.state()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldUseUpNoAttemptWhenErrorsPassTheDeadlineBeforeAnyAnswer() {
        CaseStory story = CaseStory.requested();
        for (int hour = 1; hour < 10; hour++) {
            story.see(plain("backlog" + hour, START.plus(Duration.ofHours(hour))));
        }

        assertThat(story.requests()).hasSize(1);
        story.tell(proposed(story.lastRequest()));
        assertThat(story.state()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldTakeVerdictThatOvertakesItsProposalAfterTheDeadlineOfThat() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.verdict(
                        story.lastRequest(),
                        VerdictKind.APPROVED,
                        START.plus(STEP).plusSeconds(60))
                .setDurationMs(STEP.toMillis())
                .build()));

        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
    }

    @Test
    void shouldGiveUpEarlierAttemptWhenTheTopicsHoldAnAnswerToTheNext() {
        CaseStory story = CaseStory.requested();
        HealingRequest second =
                HealingRequest.newBuilder(story.lastRequest()).setAttempt(2).build();
        story.tell(Inputs.of(
                Samples.proposal(second, START.plus(STEP.multipliedBy(2))).build()));

        assertThat(story.requests()).extracting(HealingRequest::getAttempt).containsExactly(1, 2);
        assertThat(story.requests().get(1).getRequestedAt())
                .isEqualTo(START.plus(STEP).plusMillis(1));
        assertThat(story.state()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldIgnoreAnswerToAnAttemptThePolicyDoesNotAllow() {
        CaseStory story = CaseStory.requested();
        HealingRequest fourth =
                HealingRequest.newBuilder(story.lastRequest()).setAttempt(4).build();
        story.tell(Inputs.of(Samples.proposal(fourth, SOON).build()));

        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldGiveUpWaitingOnlyAfterTheDeadline() {
        CaseStory story = CaseStory.requested();

        assertThat(story.tell(new CaseInput.TimePassed(START.plus(STEP))).requests())
                .hasSize(1);
        assertThat(story.tell(new CaseInput.TimePassed(START.plus(STEP).plusMillis(1)))
                        .requests())
                .hasSize(2);
    }

    @Test
    void shouldGiveValidatorItsOwnDeadline() {
        CaseStory story = CaseStory.requested();
        story.tell(proposed(story.lastRequest()));

        assertThat(story.present().getDeadline()).contains(SOON.plus(STEP));
    }

    @Test
    void shouldEndExhaustedAfterTheLastAttempt() {
        CaseStory story = CaseStory.requested();
        story.tell(rejected(story.lastRequest())).tell(rejected(story.lastRequest()));
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);

        story.tell(rejected(story.lastRequest()));
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.requests()).extracting(HealingRequest::getAttempt).containsExactly(1, 2, 3);
        assertThat(story.outcomes()).last().isEqualTo(Outcome.FAILED);
        assertThat(story.alerts()).containsExactly("HealingExhausted");
    }

    @Test
    void shouldTellTheNextAttemptWhatRefutedTheEarlierOnes() {
        CaseStory story = CaseStory.requested();
        story.tell(rejected(story.lastRequest())).tell(rejected(story.lastRequest()));

        HealingRequest third = story.lastRequest();
        assertThat(third.getRefutedPatches()).containsExactly("patch-1", "patch-2");
        assertThat(third.getFeedback()).extracting(Feedback::getAttempt).containsExactly(1, 2);
    }

    @Test
    void shouldNamePatchAndCheckOfEveryRefutationOnce() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(refuted(story.lastRequest())));

        assertThat(story.lastRequest().getFeedback())
                .extracting(Feedback::getCheck, Feedback::getMessage)
                .containsExactly(
                        tuple("compiles", "patch patch-a: no such method"),
                        tuple("compiles", "patch patch-b: no such method"),
                        tuple("reproduction", "patch patch-1: still fails\nCartTest.addsNull"));
    }

    @Test
    void shouldSayHowManyWereRefutedWhenNothingElseIsFound() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(refuted(story.lastRequest())))
                .tell(Inputs.of(Samples.nothingFound(story.lastRequest(), SOON).build()));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.lastReason()).isEqualTo("3 candidates refuted, nothing else to try: no template fits");
    }

    @Test
    void shouldSayThatThereIsNothingToProposeWhenNothingWasEverTried() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.nothingFound(story.lastRequest(), SOON).build()));

        assertThat(story.lastReason()).isEqualTo("nothing to propose: no template fits");
    }

    /** Two fail beside the one that came furthest, in the same words; its check says one thing twice. */
    private static PatchVerdict refuted(HealingRequest request) {
        PatchOrigin origin = Samples.candidate("patch-a").getOrigin();
        return Samples.verdict(request, VerdictKind.REJECTED, SOON)
                .setRefuted(List.of(
                        new RefutedCandidate("patch-a", origin, "compiles", "no such method"),
                        new RefutedCandidate("patch-b", origin, "compiles", "no such method"),
                        new RefutedCandidate("patch-b", origin, "compiles", "no such method")))
                .setChecks(List.of(CheckResult.newBuilder()
                        .setName("reproduction")
                        .setOutcome(CheckOutcome.FAILED)
                        .setDurationMs(1)
                        .setSummary("still fails")
                        .setFindings(List.of(finding("still fails"), finding("CartTest.addsNull")))
                        .build()))
                .build();
    }

    private static Finding finding(String message) {
        return Finding.newBuilder()
                .setRuleId("SH-TEST")
                .setLevel(FindingLevel.ERROR)
                .setMessage(message)
                .build();
    }

    @Test
    void shouldTryAgainWhenProposingFailed() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.proposal(story.lastRequest(), SOON)
                .setOutcome(ProposalOutcome.FAILED)
                .setReason("model is away")
                .build()));

        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldTreatProposalWithoutCandidatesAsNothingFound() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.proposal(story.lastRequest(), SOON)
                .setCandidates(List.of())
                .build()));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
    }

    @Test
    void shouldEndWhenBudgetIsUsedUpBetweenAttempts() {
        CaseStory story = CaseStory.requested();
        story.circumstances.useUpBudget();
        story.tell(rejected(story.lastRequest()));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.lastReason()).startsWith("budget used up");
    }

    @Test
    void shouldEndWhenPolicyIsWithdrawn() {
        CaseStory story = CaseStory.requested();
        story.circumstances.noPolicy();
        story.tell(rejected(story.lastRequest()));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
    }

    @Test
    void shouldOpenAnotherCaseOnlyAfterCoolDown() {
        CaseStory story = CaseStory.requested();
        story.tell(nothingFound(story.lastRequest()));
        String first = story.present().getCaseId();

        story.see(
                Samples.reproducible("e2", SOON.plus(COOL_DOWN).minusMillis(1)).build());
        assertThat(story.requests()).hasSize(1);
        story.see(Samples.reproducible("e3", SOON.plus(COOL_DOWN)).build());
        assertThat(story.requests()).hasSize(2);
        assertThat(story.present().getCaseId()).isNotEqualTo(first);
        assertThat(story.lastRequest().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldStayApprovedWhileErrorsGoOn() {
        CaseStory story = CaseStory.requested();
        story.tell(approved(story.lastRequest()));
        story.see(Samples.reproducible("e2", START.plus(Duration.ofDays(3))).build());

        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
    }

    @Test
    void shouldSaySuppressedOnceAndTryWhenBreakerLetsThrough() {
        CaseStory story = new CaseStory();
        story.circumstances.openBreaker(true);
        story.see(Samples.reproducible("e1", START).build());
        story.see(Samples.reproducible("e2", SOON).build());
        assertThat(story.state()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(story.outputs()).hasSize(1);

        story.circumstances.openBreaker(false);
        story.see(Samples.reproducible("e3", SOON).build());
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldAbstainOnceFromInfrastructure() {
        CaseStory story = new CaseStory();
        for (int i = 0; i < 5; i++) {
            story.see(plain("e" + i, START, "java.net.SocketTimeoutException"));
        }
        assertThat(story.state()).isEqualTo(CaseState.ABSTAINED);
        assertThat(story.lastReason())
                .startsWith("not a code fault: infrastructure (0.88): SH-FAULT-TIMEOUT")
                .endsWith("java.net.SocketTimeoutException");
        assertThat(story.outputs()).hasSize(1);
    }

    @Test
    void shouldTellPeopleOnceOfASecurityFault() {
        CaseStory story = new CaseStory();
        for (int i = 0; i < 5; i++) {
            story.see(plain("e" + i, START, "java.security.SignatureException"));
        }
        assertThat(story.state()).isEqualTo(CaseState.ABSTAINED);
        assertThat(story.outputs())
                .filteredOn(CaseOutput.Raised.class::isInstance)
                .singleElement()
                .satisfies(output -> assertThat(
                                ((CaseOutput.Raised) output).alert().getName())
                        .isEqualTo("SecurityFault"));
    }

    @Test
    void shouldWaitForPolicyUntilGraceIsOver() {
        CaseStory story = new CaseStory();
        story.circumstances.noPolicy();
        story.see(Samples.reproducible("e1", START).build());
        story.tell(new CaseInput.TimePassed(START.plus(CaseStory.POLICY_GRACE)));
        assertThat(story.state()).isEqualTo(CaseState.OBSERVED);

        story.tell(new CaseInput.TimePassed(START.plus(CaseStory.POLICY_GRACE).plusMillis(1)));
        assertThat(story.state()).isEqualTo(CaseState.ABSTAINED);
    }

    @Test
    void shouldHealWhatItAbstainedFromWhenPolicyComesLater() {
        CaseStory story = new CaseStory();
        story.circumstances.noPolicy();
        story.see(Samples.reproducible("e1", START).build());
        story.tell(new CaseInput.TimePassed(START.plusSeconds(3)));
        story.circumstances.policy(Samples.policy().build());
        story.see(Samples.reproducible("e2", START.plusSeconds(4)).build());

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldWaitForPersonAndThenApprove() {
        CaseStory story = inReview();
        assertThat(story.alerts()).containsExactly("PatchAwaitsReview");

        story.tell(review(story, Decision.APPROVE));
        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
        assertThat(story.outcomes()).last().isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void shouldTryAgainWithTheReviewersWordsWhenRejected() {
        CaseStory story = inReview();
        story.tell(new CaseInput.ReviewDecided(Samples.review(story.present().getCaseId(), Decision.REJECT, SOON)
                .setComment("hides the fault")
                .build()));

        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
        assertThat(story.lastRequest().getFeedback())
                .extracting(Feedback::getMessage)
                .contains("hides the fault");
        assertThat(story.lastRequest().getRefutedPatches()).containsExactly("patch-1");
    }

    @Test
    void shouldStopWithoutBlamingTheHealer() {
        CaseStory story = CaseStory.requested();
        story.tell(review(story, Decision.STOP));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.outcomes()).containsExactly(Outcome.REQUESTED);
        assertThat(story.tell(approved(story.lastRequest())).state()).isEqualTo(CaseState.EXHAUSTED);
    }

    @Test
    void shouldRetryAnEndedCaseDespiteCoolDown() {
        CaseStory story = CaseStory.requested();
        story.tell(nothingFound(story.lastRequest()));
        CaseInput retry = review(story, Decision.RETRY);
        story.tell(retry);
        assertThat(story.requests()).hasSize(2);

        assertThat(story.tell(retry).requests()).as("duplicate").hasSize(2);
    }

    @Test
    void shouldPassOpenBreakerWhenForcedAndNotWhenRetried() {
        CaseStory story = new CaseStory();
        story.circumstances.openBreaker(true);
        story.see(Samples.reproducible("e1", START).build());

        assertThat(story.tell(review(story, Decision.RETRY)).requests()).isEmpty();
        assertThat(story.tell(review(story, Decision.FORCE)).requests()).hasSize(1);
    }

    @Test
    void shouldFollowDeploymentAndRollback() {
        CaseStory story = CaseStory.requested();
        story.tell(approved(story.lastRequest()));
        story.tell(deployed(story, DeploymentStatus.STARTED));
        assertThat(story.state()).isEqualTo(CaseState.APPROVED);

        story.tell(deployed(story, DeploymentStatus.SUCCEEDED));
        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);
        story.tell(deployed(story, DeploymentStatus.ROLLED_BACK));
        assertThat(story.state()).isEqualTo(CaseState.ROLLED_BACK);
        assertThat(story.outcomes()).last().isEqualTo(Outcome.REGRESSED);
    }

    @Test
    void shouldKeepHistoryInOrder() {
        CaseStory story = CaseStory.requested();
        story.tell(proposed(story.lastRequest())).tell(rejected(story.lastRequest()));

        assertThat(story.present().getHistory())
                .extracting(CaseTransition::getTo)
                .containsExactly(CaseState.REQUESTED, CaseState.PROPOSED, CaseState.REJECTED, CaseState.REQUESTED);
        assertThat(story.present().getHistory().get(0).getFrom()).isEqualTo(CaseState.OBSERVED);
    }

    @Test
    void shouldNeverGoBackInTime() {
        CaseStory story = CaseStory.requested();
        story.tell(proposedAt(story.lastRequest(), START.minusSeconds(99)));

        assertThat(story.present().getUpdatedAt()).isEqualTo(START);
    }

    private static ErrorEvent plain(String id, Instant at) {
        return Samples.error(id, at).build();
    }

    private static ErrorEvent plain(String id, Instant at, String type) {
        return Samples.error(id, at)
                .setExceptions(List.of(Samples.exception(type)))
                .build();
    }

    private static CaseStory inReview() {
        CaseStory story = CaseStory.requested();
        return story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.NEEDS_REVIEW, SOON)
                .build()));
    }

    private static CaseInput proposed(HealingRequest request) {
        return proposedAt(request, SOON);
    }

    private static CaseInput proposedAt(HealingRequest request, Instant at) {
        return Inputs.of(Samples.proposal(request, at).build());
    }

    private static CaseInput workedOn(HealingRequest request, Instant at, Duration worked) {
        return Inputs.of(
                Samples.proposal(request, at).setDurationMs(worked.toMillis()).build());
    }

    private static CaseInput nothingFound(HealingRequest request) {
        return Inputs.of(Samples.nothingFound(request, SOON).build());
    }

    private static CaseInput approved(HealingRequest request) {
        return Inputs.of(Samples.verdict(request, VerdictKind.APPROVED, SOON).build());
    }

    private static CaseInput rejected(HealingRequest request) {
        return Inputs.of(Samples.verdict(request, VerdictKind.REJECTED, SOON).build());
    }

    private static CaseInput review(CaseStory story, Decision decision) {
        return new CaseInput.ReviewDecided(
                Samples.review(story.present().getCaseId(), decision, SOON).build());
    }

    private static CaseInput deployed(CaseStory story, DeploymentStatus status) {
        return new CaseInput.DeploymentReported(
                Samples.deployment(story.present().getCaseId(), status, SOON).build());
    }
}
