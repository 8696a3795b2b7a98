package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RollbackCommand;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What follows a deployment, at each limit and one past it. */
class DeploymentsTest {

    private static final Duration QUIET = Duration.ofMinutes(30);
    private static final Duration WATCH = Duration.ofMinutes(240);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration COOL_DOWN = Duration.ofHours(1);

    @Test
    void shouldWatchADeployedPatchAndSaySo() {
        CaseStory story = CaseStory.deployed();

        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);
        assertThat(story.present().getDeadline()).contains(START.plus(QUIET));
        assertThat(story.watchChanges()).singleElement().satisfies(change -> {
            assertThat(change.caseId()).isEqualTo(story.present().getCaseId());
            assertThat(change.watch()).isEqualTo(story.present().getWatch());
        });
    }

    @Test
    void shouldBeHealedJustAfterTheQuietPeriod() {
        CaseStory story = CaseStory.deployed().passTimeTo(START.plus(QUIET));
        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);

        story.passTimeTo(START.plus(QUIET).plusMillis(1));
        assertThat(story.state()).isEqualTo(CaseState.HEALED);
        assertThat(story.outcomes()).last().isEqualTo(Outcome.HEALED);
        assertThat(story.watchChanges()).hasSize(2).last().satisfies(change -> assertThat(change.watch()).isEmpty());
    }

    @Test
    void shouldBeHealedByTheTimeOfALaterErrorOfTheGroup() {
        Instant later = START.plus(QUIET).plusMillis(1);
        CaseStory story = CaseStory.deployed().see(Samples.reproducible("e2", later).build());

        assertThat(story.state()).isEqualTo(CaseState.HEALED);
        assertThat(story.requests()).as("within the cool-down").hasSize(1);

        story.see(Samples.reproducible("e3", later.plus(COOL_DOWN)).build());
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
    }

    @Test
    void shouldNotBeHealedByAnErrorThatWasUnderWayForLong() {
        Instant happened = START.plus(QUIET);
        CaseStory story = CaseStory.deployed().see(Samples.error("slow", happened)
                .setReceivedAt(happened.plus(QUIET))
                .build());

        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);
        assertThat(story.present().getDeadline()).contains(happened.plus(QUIET));
    }

    @Test
    void shouldWaitForQuietAgainAfterEachErrorButNotForOneInFlight() {
        CaseStory story =
                CaseStory.deployed().see(Samples.error("flying", START.plusSeconds(30)).build());
        assertThat(story.present().getDeadline()).contains(START.plus(QUIET));

        Instant at = START.plusSeconds(31);
        story.see(Samples.error("after", at).build());
        assertThat(story.present().getDeadline()).contains(at.plus(QUIET));
        assertThat(story.present().getWatch().orElseThrow().getCountAfter()).isEqualTo(1);
    }

    @Test
    void shouldBeExhaustedWhenTheErrorGoesOnToTheEndOfTheWatch() {
        CaseStory story = CaseStory.approved();
        story.circumstances.past(everyTwentyMinutes());
        story.tell(story.deployment(DeploymentStatus.SUCCEEDED, START));
        for (int minutes = 20; minutes < WATCH.toMinutes(); minutes += 20) {
            story.see(Samples.error("e" + minutes, START.plus(Duration.ofMinutes(minutes)))
                    .build());
        }
        story.passTimeTo(START.plus(WATCH));
        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);

        story.passTimeTo(START.plus(WATCH).plusMillis(1));
        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.lastReason())
                .isEqualTo("the error goes on after the deployment: 11 times in 240 minutes");
        assertThat(story.outcomes()).last().isEqualTo(Outcome.FAILED);
        assertThat(story.rollbacks()).isEmpty();
        assertThat(story.present().getQuarantined()).isFalse();
    }

    @Test
    void shouldTakeBackWhatMakesItSignificantlyWorseOnce() {
        CaseStory story = CaseStory.deployed();
        burst(story, 50);

        assertThat(story.state()).isEqualTo(CaseState.REGRESSED);
        assertThat(story.lastReason()).contains("since the deployment");
        assertThat(story.present().getQuarantined()).isTrue();
        assertThat(story.alerts()).containsExactly("PatchRegressed");
        assertThat(story.outcomes()).last().isEqualTo(Outcome.REGRESSED);
        assertThat(story.rollbacks()).hasSize(1);
        assertThat(story.watchChanges()).hasSize(2);
    }

    @Test
    void shouldCommandTheRollbackOfTheVeryDeployment() {
        CaseStory story = CaseStory.deployed().tell(suspicion(story()));
        CaseStory again = CaseStory.deployed().tell(suspicion(story()));

        RollbackCommand command = command(story);
        assertThat(command.getDeploymentId())
                .isEqualTo("deployment-" + story.present().getCaseId());
        assertThat(command.getCaseId()).isEqualTo(story.present().getCaseId());
        assertThat(command.getReason()).isEqualTo("new error out of the patched lines");
        assertThat(command(again).getRollbackId()).isEqualTo(command.getRollbackId());
    }

    @Test
    void shouldOnlyTellPeopleWhenThePolicySaysSo() {
        CaseStory story = CaseStory.deployed();
        story.circumstances.policy(regression(
                RegressionPolicy.newBuilder().setRollback(false).build()));
        burst(story, 50);

        assertThat(story.state()).isEqualTo(CaseState.REGRESSED);
        assertThat(story.rollbacks()).isEmpty();
        assertThat(story.alerts()).containsExactly("PatchRegressed");
        assertThat(story.present().getDeadline()).isEmpty();
    }

    @Test
    void shouldBelieveASuspicionOnlyAboutThePatchThatIsOut() {
        CaseStory story = CaseStory.deployed();
        story.tell(new CaseInput.SuspicionRaised(
                RegressionSuspicion.newBuilder(suspicion(story()).suspicion())
                        .setCaseId("case-other")
                        .build()));
        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);

        CaseStory healed = CaseStory.deployed().passTimeTo(START.plus(QUIET).plusMillis(1));
        assertThat(healed.tell(suspicion(story())).state()).isEqualTo(CaseState.HEALED);
    }

    @Test
    void shouldAskOnceForARollbackThatNobodyReports() {
        CaseStory story = CaseStory.deployed().tell(suspicion(story()));
        Instant due = story.present().getUpdatedAt().plus(STEP);
        story.passTimeTo(due);
        assertThat(story.alerts()).containsExactly("PatchRegressed");

        story.passTimeTo(due.plusMillis(1)).passTimeTo(due.plus(STEP));
        assertThat(story.alerts()).containsExactly("PatchRegressed", "RollbackMissing");
        assertThat(story.rollbacks()).hasSize(1);

        story.tell(story.deployment(DeploymentStatus.ROLLED_BACK, due.plus(STEP)));
        assertThat(story.state()).isEqualTo(CaseState.ROLLED_BACK);
    }

    @Test
    void shouldCountARegressionOnceThoughItIsTakenBack() {
        CaseStory story = CaseStory.deployed().tell(suspicion(story()));
        story.tell(story.deployment(DeploymentStatus.ROLLED_BACK, START.plus(STEP)));

        assertThat(story.state()).isEqualTo(CaseState.ROLLED_BACK);
        assertThat(story.outcomes().stream().filter(Outcome.REGRESSED::equals)).hasSize(1);
    }

    @Test
    void shouldOpenNoCaseForAQuarantinedGroupUntilAPersonWantsIt() {
        CaseStory story = CaseStory.deployed().tell(suspicion(story()));
        story.tell(story.deployment(DeploymentStatus.ROLLED_BACK, START.plus(STEP)));
        Instant muchLater = START.plus(Duration.ofDays(30));
        story.see(Samples.reproducible("e2", muchLater).build());
        assertThat(story.requests()).hasSize(1);

        story.tell(story.review(Decision.RETRY, muchLater));
        assertThat(story.requests()).hasSize(2);
        assertThat(story.present().getQuarantined()).isFalse();
    }

    @Test
    void shouldOpenNoOtherCaseWhileTheWatchRuns() {
        CaseStory story = CaseStory.approved();
        story.circumstances.policy(regression(RegressionPolicy.newBuilder()
                .setQuietMinutes(600)
                .setWatchMinutes(600)
                .build()));
        story.tell(story.deployment(DeploymentStatus.SUCCEEDED, START));
        story.see(Samples.reproducible("e2", START.plus(COOL_DOWN.multipliedBy(2))).build());

        assertThat(story.state()).isEqualTo(CaseState.DEPLOYED);
        assertThat(story.requests()).hasSize(1);
    }

    @Test
    void shouldWatchOnceThoughTheDeploymentIsReportedTwice() {
        CaseStory story = CaseStory.deployed();
        story.tell(story.deployment(DeploymentStatus.SUCCEEDED, START.plusSeconds(5)));

        assertThat(story.watchChanges()).hasSize(1);
        assertThat(story.alerts()).isEmpty();
    }

    @Test
    void shouldTellPeopleOfADeploymentThatNothingWatches() {
        CaseStory story = CaseStory.approved();
        story.tell(story.review(Decision.STOP, START));
        story.tell(story.deployment(DeploymentStatus.SUCCEEDED, START.plusSeconds(5)));

        assertThat(story.state()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(story.alerts()).containsExactly("DeploymentUnwatched");
    }

    @Test
    void shouldGoOnWatchingByTheDefaultsWhenThePolicyIsWithdrawn() {
        CaseStory story = CaseStory.deployed();
        story.circumstances.noPolicy();
        burst(story, 50);

        assertThat(story.state()).isEqualTo(CaseState.REGRESSED);
        assertThat(story.present().getDeadline()).isPresent();
        assertThat(story.rollbacks()).hasSize(1);
    }

    private static CaseStory story() {
        return CaseStory.deployed();
    }

    private static void burst(CaseStory story, int errors) {
        for (int i = 0; i < errors; i++) {
            story.see(Samples.error("burst" + i, START.plusSeconds(60)).build());
        }
    }

    private static PastErrors everyTwentyMinutes() {
        MinuteCounts counts = MinuteCounts.EMPTY;
        long minute = Duration.between(Instant.EPOCH, START).toMinutes();
        for (int ago = 20; ago <= 240; ago += 20) {
            counts = counts.plus(minute - ago);
        }
        return new PastErrors(Samples.SERVICE, START.minus(WATCH), START.minusSeconds(1), counts);
    }

    private static HealingPolicy regression(RegressionPolicy regression) {
        return Samples.policy().setRegression(regression).build();
    }

    private static CaseInput.SuspicionRaised suspicion(CaseStory story) {
        return new CaseInput.SuspicionRaised(RegressionSuspicion.newBuilder()
                .setCaseId(story.present().getCaseId())
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setReason("new error out of the patched lines")
                .setAt(START.plusSeconds(90))
                .build());
    }

    private static RollbackCommand command(CaseStory story) {
        return story.outputs().stream()
                .filter(CaseOutput.RollbackWanted.class::isInstance)
                .map(CaseOutput.RollbackWanted.class::cast)
                .map(CaseOutput.RollbackWanted::command)
                .findFirst()
                .orElseThrow();
    }
}
