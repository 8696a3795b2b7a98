package dev.selfheal.analysis.regression;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final RegressionPolicy POLICY = RegressionPolicy.newBuilder().build();
    private static final Instant AFTER = START.plus(Watches.IN_FLIGHT);

    @Test
    void shouldCountTheErrorsSinceTheGroupWasFirstSeen() {
        RegressionWatch watch = begin(past(START.minus(Duration.ofMinutes(20)), 3, 10, 19), deployment());

        assertThat(watch.getCountBefore()).isEqualTo(3);
        assertThat(watch.getMinutesBefore()).isEqualTo(21);
        assertThat(watch.getUntil()).isEqualTo(START.plus(Duration.ofHours(4)));
    }

    @Test
    void shouldTakeNoRateFromLessThanFiveMinutes() {
        RegressionWatch watch = begin(past(START.minus(Duration.ofMinutes(1)), 1), deployment());

        assertThat(watch.getMinutesBefore()).isEqualTo(5);
        assertThat(watch.getCountBefore()).isEqualTo(1);
    }

    @Test
    void shouldLookBackNoFurtherThanItLooksAhead() {
        RegressionWatch watch = begin(past(START.minus(Duration.ofDays(3)), 239, 240), deployment());

        assertThat(watch.getMinutesBefore()).isEqualTo(240);
        assertThat(watch.getCountBefore()).isEqualTo(1);
    }

    @Test
    void shouldCountErrorsThatCameBeforeTheReport() {
        MinuteCounts counts = MinuteCounts.EMPTY
                .plus(minute(-3))
                .plus(minute(0))
                .plus(minute(1))
                .plus(minute(7));
        Instant newest = START.plus(Duration.ofMinutes(7));
        PastErrors past = new PastErrors(Samples.SERVICE, START.minusSeconds(180), newest, counts);

        RegressionWatch watch = begin(Optional.of(past), deployment());
        assertThat(watch.getCountBefore())
                .as("without the minute of the deployment")
                .isEqualTo(1);
        assertThat(watch.getMinutesBefore()).isEqualTo(5);
        assertThat(watch.getCountAfter()).isEqualTo(2);
        assertThat(watch.getLastErrorAt()).contains(newest);

        RegressionWatch released = begin(
                Optional.of(past),
                Deployment.newBuilder(deployment()).setRelease("2.0").build());
        assertThat(released.getCountAfter()).as("their release is not known").isZero();
    }

    @Test
    void shouldCountTheMinuteOfTheDeploymentOnlyWhileAllItsErrorsCameBefore() {
        Instant within = START.plusSeconds(30);
        Deployment deployed = Deployment.newBuilder(deployment()).setAt(within).build();
        MinuteCounts counts = MinuteCounts.EMPTY.plus(minute(-10)).plus(minute(0));

        assertThat(begin(Optional.of(seen(within, counts)), deployed).getCountBefore())
                .isEqualTo(2);
        assertThat(begin(Optional.of(seen(within.plusMillis(1), counts)), deployed)
                        .getCountBefore())
                .isEqualTo(1);
    }

    @Test
    void shouldTakeErrorsInFlightForErrorsOfTheOldCode() {
        RegressionWatch watch = begin(Optional.empty(), deployment());

        assertThat(Watches.isAfter(watch, error(AFTER).build())).isFalse();
        assertThat(Watches.isAfter(watch, error(AFTER.plusMillis(1)).build())).isTrue();
    }

    @Test
    void shouldGoByTheReleaseWhereBothNameOne() {
        RegressionWatch watch = begin(
                Optional.empty(),
                Deployment.newBuilder(deployment()).setRelease("2.0").build());
        Instant later = AFTER.plusSeconds(60);

        assertThat(Watches.isAfter(watch, error(later).setRelease("2.0").build()))
                .isTrue();
        assertThat(Watches.isAfter(watch, error(later).setRelease("1.9").build()))
                .isFalse();
        assertThat(Watches.isAfter(watch, error(later).build()))
                .as("names none")
                .isTrue();
    }

    @Test
    void shouldNotBelieveAClockThatRunsAhead() {
        ErrorEvent event =
                error(START).setOccurredAt(START.plus(Duration.ofDays(1))).build();

        assertThat(Watches.happenedAt(event)).isEqualTo(START);
    }

    @Test
    void shouldEndQuietCountedFromTheNewestError() {
        RegressionWatch watch = begin(Optional.empty(), deployment());
        assertThat(Watches.deadline(watch, POLICY)).isEqualTo(START.plus(Duration.ofMinutes(30)));

        Instant later = START.plus(Duration.ofMinutes(10));
        RegressionWatch counted = Watches.counted(watch, error(later).build());
        RegressionWatch outOfOrder =
                Watches.counted(counted, error(later.minusSeconds(60)).build());
        assertThat(Watches.deadline(outOfOrder, POLICY)).isEqualTo(START.plus(Duration.ofMinutes(40)));
        assertThat(outOfOrder.getCountAfter()).isEqualTo(2);
    }

    @Test
    void shouldBeQuietWhenTheQuietPeriodJustFitsIntoTheWatch() {
        RegressionWatch watch = begin(Optional.empty(), deployment());
        Instant justInTime = watch.getUntil().minus(Duration.ofMinutes(30));

        RegressionWatch fits = Watches.counted(watch, error(justInTime).build());
        assertThat(Watches.endsQuiet(fits, POLICY)).isTrue();
        RegressionWatch tooLate =
                Watches.counted(watch, error(justInTime.plusMillis(1)).build());
        assertThat(Watches.endsQuiet(tooLate, POLICY)).isFalse();
        assertThat(Watches.deadline(tooLate, POLICY)).isEqualTo(watch.getUntil());
    }

    @Test
    void shouldNeverMistakeOneErrorForARise() {
        RegressionWatch watch = Watches.counted(
                begin(Optional.empty(), deployment()),
                error(AFTER.plusSeconds(1)).build());

        assertThat(Watches.rise(watch, POLICY)).isEmpty();
    }

    private static RegressionWatch begin(Optional<PastErrors> past, Deployment deployment) {
        HealingCase healingCase = HealingCase.newBuilder()
                .setCaseId("case-1")
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setState(CaseState.APPROVED)
                .setOpenedAt(START)
                .setUpdatedAt(START)
                .build();
        return Watches.begin(healingCase, deployment, past, POLICY);
    }

    private static Deployment deployment() {
        return Samples.deployment("case-1", DeploymentStatus.SUCCEEDED, START).build();
    }

    /** Errors so many minutes before the start. */
    private static Optional<PastErrors> past(Instant firstSeen, int... minutesAgo) {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (int ago : minutesAgo) {
            counts = counts.plus(minute(-ago));
        }
        return Optional.of(new PastErrors(Samples.SERVICE, firstSeen, START.minusSeconds(1), counts));
    }

    private static PastErrors seen(Instant lastSeen, MinuteCounts counts) {
        return new PastErrors(Samples.SERVICE, START.minusSeconds(600), lastSeen, counts);
    }

    private static long minute(int fromStart) {
        return Watches.minuteOf(START) + fromStart;
    }

    private static ErrorEvent.Builder error(Instant at) {
        return Samples.error("e", at);
    }
}
