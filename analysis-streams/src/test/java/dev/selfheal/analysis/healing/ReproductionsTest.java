package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reproduction that comes late is not lost, and not tried twice. */
class ReproductionsTest {

    private static final Instant SOON = START.plusSeconds(1);
    private static final Instant LATER = START.plus(Duration.ofHours(2));

    @Test
    void shouldTakeUpACaseInReviewWhenAReproductionComes() {
        CaseStory story = inReview();
        String caseId = story.present().getCaseId();
        story.see(reproducible("late", LATER));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.present().getCaseId()).isEqualTo(caseId);
        assertThat(story.requests()).hasSize(2);
        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
        assertThat(story.lastRequest().getEvent().getEventId()).isEqualTo("late");
        assertThat(story.lastReason()).isEqualTo(selector() + " shows the error: attempt 2 of 3");
        assertThat(story.lastRequest().getDeadline()).isEqualTo(LATER.plus(Duration.ofMinutes(10)));
    }

    @Test
    void shouldNotTakeThePatchInReviewForRefuted() {
        CaseStory story = inReview();
        story.see(reproducible("late", LATER));

        assertThat(story.lastRequest().getRefutedPatches()).isEmpty();
        assertThat(story.lastRequest().getFeedback()).isEmpty();
        assertThat(story.outcomes()).containsExactly(Outcome.REQUESTED, Outcome.REQUESTED);
    }

    @Test
    void shouldLeaveACaseInReviewWhenAnErrorHasNoReproduction() {
        CaseStory story = inReview();
        List<CaseOutput> before = story.outputs();

        assertThat(story.see(plain("more", LATER)).outputs()).isEqualTo(before);
        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
    }

    @Test
    void shouldTakeUpACaseOnce() {
        CaseStory story = inReview();
        story.see(reproducible("late", LATER)).tell(needsReview(story, LATER));
        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);

        story.see(reproducible("later", LATER.plusSeconds(1)));
        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(story.requests()).hasSize(2);
    }

    @Test
    void shouldLeaveACaseInReviewThatHadAReproductionFromTheStart() {
        CaseStory story = CaseStory.requested();
        story.tell(needsReview(story, SOON)).see(reproducible("another", LATER));

        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldSayWhyACaseStaysInReviewWhenNoAttemptIsLeft() {
        CaseStory story = opened();
        story.tell(rejected(story)).tell(rejected(story)).tell(needsReview(story, SOON));
        Instant deadline = story.present().getDeadline().orElseThrow();
        story.see(reproducible("late", LATER));

        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(story.lastReason())
                .isEqualTo(selector()
                        + " shows the error, but 3 of 3 attempts used: RETRY opens a case that is tried with it");
        assertThat(story.present().getDeadline()).contains(deadline);
    }

    @Test
    void shouldTryTheCaseThatAPersonOpensWithTheReproduction() {
        CaseStory story = inReview();
        story.circumstances.useUpBudget();
        story.see(reproducible("late", LATER));
        story.circumstances.openBreaker(false);
        story.tell(story.review(Decision.RETRY, LATER.plusSeconds(1)));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastRequest().getEvent().getEventId()).isEqualTo("late");
    }

    @Test
    void shouldStayInReviewWithoutBudgetOrPolicy() {
        CaseStory poor = inReview();
        poor.circumstances.useUpBudget();
        poor.see(reproducible("late", LATER));
        assertThat(poor.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(poor.lastReason()).contains("budget used up");

        CaseStory withdrawn = inReview();
        withdrawn.circumstances.noPolicy();
        withdrawn.see(reproducible("late", LATER));
        assertThat(withdrawn.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(withdrawn.lastReason()).contains("the policy was withdrawn");
    }

    @Test
    void shouldTryAgainInsteadOfReviewWhenTheReproductionCameDuringTheAttempt() {
        CaseStory story = opened();
        story.see(reproducible("late", SOON));
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastReason()).isEqualTo(selector() + " shows the error");
        story.tell(needsReview(story, SOON));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastRequest().getAttempt()).isEqualTo(2);
        assertThat(story.lastRequest().getEvent().getEventId()).isEqualTo("late");
        assertThat(story.present().getHistory())
                .extracting(CaseTransition::getTo)
                .endsWith(CaseState.REQUESTED, CaseState.REQUESTED, CaseState.IN_REVIEW, CaseState.REQUESTED);
        assertThat(story.alerts()).isEmpty();
    }

    @Test
    void shouldCallAPersonWhenTheAttemptHadTheReproduction() {
        CaseStory story = opened();
        story.see(reproducible("late", SOON)).tell(rejected(story)).tell(needsReview(story, SOON));

        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(story.alerts()).containsExactly("PatchAwaitsReview");
    }

    @Test
    void shouldCallAPersonWhenTheReproductionCameDuringTheLastAttempt() {
        CaseStory story = opened();
        story.tell(rejected(story)).tell(rejected(story)).see(reproducible("late", SOON));
        story.tell(needsReview(story, SOON));

        assertThat(story.state()).isEqualTo(CaseState.IN_REVIEW);
        assertThat(story.alerts()).containsExactly("PatchAwaitsReview");
    }

    @Test
    void shouldLeaveAnApprovedPatchToItsDeployer() {
        CaseStory story = inReview();
        story.tell(story.review(Decision.APPROVE, SOON)).see(reproducible("late", LATER));

        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldNoLongerBePredictedWithAReproduction() {
        CaseStory story = new CaseStory();
        story.growing(TrendState.RISING, 5, 1);
        story.see(plain("e1", START));
        assertThat(story.present().getPredicted()).isTrue();
        story.tell(needsReview(story, SOON)).see(reproducible("late", LATER));

        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastRequest().getPredicted()).isFalse();
    }

    private static CaseStory opened() {
        CaseStory story = new CaseStory();
        for (int i = 0; i < 3; i++) {
            story.see(plain("e" + i, START));
        }
        return story;
    }

    private static CaseStory inReview() {
        CaseStory story = opened();
        story.tell(needsReview(story, SOON));
        HealingCase waiting = story.present();
        assertThat(waiting.getState()).isEqualTo(CaseState.IN_REVIEW);
        return story;
    }

    private static CaseInput needsReview(CaseStory story, Instant at) {
        return verdict(story, VerdictKind.NEEDS_REVIEW, at);
    }

    private static CaseInput rejected(CaseStory story) {
        return verdict(story, VerdictKind.REJECTED, SOON);
    }

    private static CaseInput verdict(CaseStory story, VerdictKind kind, Instant at) {
        return Inputs.of(Samples.verdict(story.lastRequest(), kind, at).build());
    }

    private static ErrorEvent plain(String id, Instant at) {
        return Samples.error(id, at).build();
    }

    private static ErrorEvent reproducible(String id, Instant at) {
        return Samples.reproducible(id, at).build();
    }

    private static String selector() {
        return reproducible("any", START)
                .getReproduction()
                .map(Reproduction::getSelector)
                .orElseThrow();
    }
}
