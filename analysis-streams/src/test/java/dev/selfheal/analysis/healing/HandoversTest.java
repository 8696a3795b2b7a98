package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandoversTest {

    private static final Instant REMINDER = START.plus(Duration.ofHours(84));
    private static final Instant END = START.plus(Duration.ofDays(7));
    private static final Duration COOL_DOWN = Duration.ofHours(1);

    @Test
    void shouldRemindOfADeploymentOnceAfterHalfTheTime() {
        CaseStory story = CaseStory.approved().passTimeTo(REMINDER);
        assertThat(story.alerts()).isEmpty();

        story.passTimeTo(REMINDER.plusMillis(1)).passTimeTo(END);
        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
        assertThat(story.alerts()).containsExactly("DeploymentOverdue");
        assertThat(story.lastReason()).endsWith("is given up after " + END);
    }

    @Test
    void shouldGiveUpAnUndeployedPatchJustAfterItsTime() {
        CaseStory story = CaseStory.approved().passTimeTo(END);
        assertThat(story.state()).isEqualTo(CaseState.APPROVED);

        story.passTimeTo(END.plusMillis(1));
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.lastReason()).isEqualTo("no deployment was reported until " + END);
        assertThat(story.alerts()).containsExactly("DeploymentOverdue", "PatchGivenUp");
        assertThat(story.outcomes()).doesNotContain(Outcome.FAILED, Outcome.REJECTED);
    }

    @Test
    void shouldGiveUpAnUnreviewedPatchAndHealTheGroupAgainAfterItsRest() {
        CaseStory story = inReview();
        Instant end = END.plusMillis(1);
        story.passTimeTo(REMINDER.plusMillis(1)).passTimeTo(end);

        assertThat(story.lastReason()).isEqualTo("nobody has reviewed the patch until " + END);
        assertThat(story.alerts()).containsExactly("PatchAwaitsReview", "ReviewOverdue", "PatchGivenUp");

        story.see(
                Samples.reproducible("rest", end.plus(COOL_DOWN).minusMillis(1)).build());
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        story.see(Samples.reproducible("again", end.plus(COOL_DOWN)).build());
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldGiveADeployerAllItsTimeFromTheApprovalOn() {
        Instant approved = START.plus(Duration.ofDays(6));
        CaseStory story = inReview();
        story.tell(story.review(Decision.APPROVE, approved));

        assertThat(story.present().getDeadline()).contains(approved.plus(Duration.ofHours(84)));
    }

    @Test
    void shouldCountFromTheStateAndNotFromAReminder() {
        CaseStory story = CaseStory.approved().passTimeTo(REMINDER.plus(Duration.ofDays(1)));

        assertThat(story.present().getDeadline()).contains(END);
    }

    @Test
    void shouldGiveUpAtOnceWhenThePolicyHasBecomeShorterThanTheWait() {
        CaseStory story = CaseStory.approved();
        story.circumstances.policy(Samples.policy()
                .setBudget(Samples.budget().setDeployWithinMs(1_000).build())
                .build());
        story.passTimeTo(REMINDER.plusMillis(1));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
    }

    @Test
    void shouldWaitWithoutEndWhenThePolicySaysSo() {
        CaseStory story = new CaseStory();
        story.circumstances.policy(Samples.policy()
                .setBudget(Samples.budget().setDeployWithinMs(0).build())
                .build());
        story.see(Samples.reproducible("e1", START).build());
        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.APPROVED, START)
                .build()));

        assertThat(story.state()).isEqualTo(CaseState.APPROVED);
        assertThat(story.present().getDeadline()).isEmpty();
    }

    @Test
    void shouldEndTheCaseOfAFailedDeploymentAndLetTheGroupRest() {
        CaseStory story = CaseStory.approved();
        Instant failed = START.plusSeconds(60);
        story.tell(story.deployment(DeploymentStatus.FAILED, failed));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.lastReason()).startsWith("the deployment failed");
        assertThat(story.alerts()).containsExactly("DeploymentFailed");
        assertThat(story.outcomes()).doesNotContain(Outcome.FAILED);
        story.see(Samples.reproducible("rest", failed.plus(COOL_DOWN).minusMillis(1))
                .build());
        assertThat(story.requests()).hasSize(1);
        story.see(Samples.reproducible("again", failed.plus(COOL_DOWN)).build());
        assertThat(story.requests()).hasSize(2);
    }

    @Test
    void shouldOnlyTellWhenARollbackFails() {
        CaseStory story = CaseStory.deployed();
        story.tell(story.deployment(DeploymentStatus.FAILED, START.plusSeconds(60)));

        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);
        assertThat(story.alerts()).containsExactly("DeploymentFailed");
    }

    @Test
    void shouldRestAfterACaseAlthoughThePolicyWasAwayForAMoment() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.nothingFound(story.lastRequest(), START).build()));
        story.circumstances.noPolicy();
        story.see(Samples.reproducible("away", START.plusSeconds(10)).build());
        story.passTimeTo(START.plusSeconds(20));
        story.circumstances.policy(Samples.policy().build());

        story.see(Samples.reproducible("back", START.plus(COOL_DOWN).minusMillis(1))
                .build());
        assertThat(story.requests()).hasSize(1);
        story.see(Samples.reproducible("rested", START.plus(COOL_DOWN)).build());
        assertThat(story.requests()).hasSize(2);
    }

    private static CaseStory inReview() {
        CaseStory story = CaseStory.requested();
        return story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.NEEDS_REVIEW, START)
                .build()));
    }
}
