package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.RefutedCandidate;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person's word holds, and is never lost without an answer. */
class ReviewsTest {

    private static final Instant SOON = START.plusSeconds(1);

    @Test
    void shouldRememberAnOrderForAGroupWithoutACaseUntilItsNextError() {
        CaseStory story = new CaseStory();
        story.circumstances.past(new PastErrors(Samples.SERVICE, START, START, MinuteCounts.EMPTY));
        story.tell(byGroup(Decision.RETRY));

        assertThat(story.state()).isEqualTo(CaseState.OBSERVED);
        assertThat(story.present().getStanding()).contains(Decision.RETRY);
        assertThat(story.present().getService()).isEqualTo(Samples.SERVICE);
        assertThat(story.lastReason()).isEqualTo("RETRY by ada; waits for an error");
        assertThat(story.present().getDeadline()).isEmpty();
        String caseId = story.present().getCaseId();

        story.see(Samples.error("one", SOON).build());
        assertThat(story.state()).as("below the trigger").isEqualTo(CaseState.REQUESTED);
        assertThat(story.present().getCaseId()).isEqualTo(caseId);
        assertThat(story.present().getStanding()).isEmpty();
        assertThat(story.lastReason()).isEqualTo("RETRY was waiting for an error");
    }

    @Test
    void shouldFulfilAnOrderOnce() {
        CaseStory story = new CaseStory().tell(byGroup(Decision.FORCE));
        story.see(Samples.error("one", SOON).build());
        story.tell(Inputs.of(Samples.nothingFound(story.lastRequest(), SOON).build()));
        story.see(Samples.error("two", SOON.plus(Duration.ofHours(2))).build());

        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldForcePastBreakersKindOfFaultAndTriggerInFullMode() {
        CaseStory story = new CaseStory().tell(byGroup(Decision.FORCE));
        story.circumstances.openBreaker(true);
        story.see(Samples.error("one", SOON)
                .setExceptions(List.of(Samples.exception("java.net.SocketTimeoutException")))
                .build());

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastRequest().getMode()).isEqualTo(HealingMode.FULL);
    }

    @Test
    void shouldKeepARetryWaitingWhileABreakerRefuses() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.nothingFound(story.lastRequest(), SOON).build()));
        story.circumstances.openBreaker(true);
        story.tell(story.review(Decision.RETRY, SOON));
        assertThat(story.state()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(story.present().getStanding()).contains(Decision.RETRY);

        story.see(Samples.error("still", SOON).build());
        assertThat(story.state()).isEqualTo(CaseState.SUPPRESSED);
        story.circumstances.openBreaker(false);
        story.see(Samples.error("over", SOON).build());
        assertThat(story.state()).as("below the trigger, in the cool-down").isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldKeepAStoppedGroupStoppedUntilAPersonSaysOtherwise() {
        CaseStory story = CaseStory.requested();
        story.tell(story.review(Decision.STOP, SOON));
        story.see(Samples.reproducible("later", START.plus(Duration.ofDays(30))).build());
        assertThat(story.requests()).hasSize(1);
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);

        story.tell(story.review(Decision.RETRY, START.plus(Duration.ofDays(31))));
        assertThat(story.requests()).hasSize(2);
        assertThat(story.present().getStanding()).isEmpty();
    }

    @Test
    void shouldStopAGroupBeforeItsFirstCase() {
        CaseStory story = new CaseStory().tell(byGroup(Decision.STOP));
        story.see(Samples.reproducible("e1", SOON).build());

        assertThat(story.requests()).isEmpty();
        assertThat(story.state()).isEqualTo(CaseState.OBSERVED);
    }

    @Test
    void shouldEndTheWatchOfAStoppedCase() {
        CaseStory story = CaseStory.deployed();
        story.tell(story.review(Decision.STOP, SOON));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.watchChanges())
                .last()
                .satisfies(change -> assertThat(change.watch()).isEmpty());
        assertThat(story.outcomes()).doesNotContain(Outcome.FAILED, Outcome.REGRESSED);
    }

    @Test
    void shouldStillExpectTheRollbackOfAStoppedRegression() {
        CaseStory story = CaseStory.deployed();
        for (int i = 0; i < 50; i++) {
            story.see(Samples.error("burst" + i, START.plusSeconds(60)).build());
        }
        story.tell(story.review(Decision.STOP, START.plusSeconds(61)));
        assertThat(story.state()).isEqualTo(CaseState.REGRESSED);
        assertThat(story.present().getDeadline()).isPresent();

        story.tell(story.deployment(DeploymentStatus.ROLLED_BACK, START.plusSeconds(70)));
        assertThat(story.state()).isEqualTo(CaseState.ROLLED_BACK);
        assertThat(story.present().getStanding()).contains(Decision.STOP);
    }

    @Test
    void shouldAnswerEveryWordThatChangesNothing() {
        CaseStory story = CaseStory.requested();
        CaseState before = story.state();
        story.tell(story.review(Decision.APPROVE, SOON))
                .tell(story.review(Decision.REJECT, SOON))
                .tell(story.review(Decision.RETRY, SOON))
                .tell(story.review(Decision.FORCE, SOON))
                .tell(story.review(Decision.UNKNOWN, SOON))
                .tell(named("case-of-yesterday"))
                .tell(new CaseInput.ReviewDecided(ReviewDecision.newBuilder(
                                Samples.review("", Decision.FORCE, SOON).build())
                        .setGroup("")
                        .build()));

        assertThat(story.state()).isEqualTo(before);
        assertThat(story.requests()).hasSize(1);
        assertThat(story.alerts()).hasSize(7).containsOnly("ReviewDecisionIgnored");
    }

    @Test
    void shouldAnswerAWordOnACaseOfAGroupThatHasNone() {
        CaseStory story = new CaseStory().tell(named("case-unknown"));

        assertThat(story.current()).isEmpty();
        assertThat(story.alerts()).containsExactly("ReviewDecisionIgnored");
    }

    @Test
    void shouldTellTheBreakersWhatAPersonRefused() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.NEEDS_REVIEW, SOON)
                .build()));
        story.tell(story.review(Decision.REJECT, SOON));

        assertThat(story.outcomes()).contains(Outcome.REJECTED);
        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldCountEachRejectionOnceAndTheLastAsTheFailureOfTheCase() {
        CaseStory story = CaseStory.requested();
        for (int attempt = 1; attempt <= 3; attempt++) {
            story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.NEEDS_REVIEW, SOON)
                    .build()));
            story.tell(story.review(Decision.REJECT, SOON));
        }

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.outcomes())
                .filteredOn(outcome -> outcome != Outcome.REQUESTED)
                .containsExactly(Outcome.REJECTED, Outcome.REJECTED, Outcome.FAILED);
    }

    @Test
    void shouldTeachThePatchInReviewOnlyOnceAPersonRejectsIt() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.NEEDS_REVIEW, SOON)
                .setRefuted(List.of(new RefutedCandidate(
                        "patch-bad", Samples.candidate("patch-bad").getOrigin(), "compiles", "does not compile")))
                .build()));
        assertThat(story.present().getRefutedPatches()).containsExactly("patch-bad");
        assertThat(story.present().getFeedback()).extracting(Feedback::getCheck).containsExactly("compiles");

        story.tell(story.review(Decision.REJECT, SOON));
        assertThat(story.lastRequest().getRefutedPatches()).containsExactly("patch-bad", "patch-1");
        assertThat(story.lastRequest().getFeedback())
                .extracting(Feedback::getCheck)
                .containsExactly("compiles", "review");
    }

    @Test
    void shouldKeepEveryOrderInTheHistory() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.nothingFound(story.lastRequest(), SOON).build()));
        story.tell(story.review(Decision.STOP, SOON));

        assertThat(story.present().getHistory())
                .extracting(CaseTransition::getReason)
                .last()
                .isEqualTo("stopped by ada");
    }

    private static CaseInput byGroup(Decision decision) {
        return new CaseInput.ReviewDecided(Samples.review("", decision, START).build());
    }

    private static CaseInput named(String caseId) {
        return new CaseInput.ReviewDecided(
                Samples.review(caseId, Decision.FORCE, SOON).build());
    }
}
