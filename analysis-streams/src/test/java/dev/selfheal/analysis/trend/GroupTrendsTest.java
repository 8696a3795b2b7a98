package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.event.ErrorHead;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupTrendsTest {

    private static final Instant START = Samples.START;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final GroupTrends trends =
            new GroupTrends(new TrendDetector(TrendSettings.DEFAULT), GRACE, Duration.ofSeconds(5));

    @Test
    void shouldCountIntoTheWindowOfTheEventsTime() {
        GroupTrend trend = seen(seen(first(START), START.plusSeconds(59)), START.plusSeconds(60));

        assertThat(trend.counts().at(minute(START))).isEqualTo(2);
        assertThat(trend.counts().at(minute(START) + 1)).isEqualTo(1);
    }

    @Test
    void shouldCloseWindowWhenGraceHasPassedAndNotBefore() {
        GroupTrend trend = first(START);

        assertThat(trends.close(trend, START.plusSeconds(120).minusMillis(1)).level())
                .isEqualTo(TrendLevel.NONE);
        assertThat(trends.close(trend, START.plusSeconds(120)).level().windows())
                .isEqualTo(1);
        assertThat(trends.nextClose(trend)).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void shouldCountLateErrorSeparatelyWhenItsWindowIsClosed() {
        Instant now = START.plus(Duration.ofMinutes(5));
        GroupTrend closed = trends.close(first(START), now);

        GroupTrend onTime = trends.count(closed, event(START), START.plus(Duration.ofMinutes(4)), now);
        GroupTrend late = trends.count(
                closed, event(START), START.plus(Duration.ofMinutes(4)).minusMillis(1), now);

        assertThat(onTime.late()).isZero();
        assertThat(late.late()).isEqualTo(1);
        assertThat(late.total()).isEqualTo(2);
        assertThat(late.counts()).isEqualTo(closed.counts());
    }

    @Test
    void shouldTakeEarlierErrorWithinGraceAsFirst() {
        Instant earlier = START.minusSeconds(30);
        GroupTrend trend = trends.count(first(START), event(earlier), earlier, START);

        assertThat(trend.late()).isZero();
        assertThat(trend.firstSeen()).isEqualTo(earlier);
        assertThat(trend.counts().at(minute(earlier))).isEqualTo(1);
    }

    @Test
    void shouldLearnFromEmptyWindowsOfAGap() {
        GroupTrend after = trends.close(first(START), START.plus(Duration.ofMinutes(31)));

        assertThat(after.level().windows()).isEqualTo(30);
        assertThat(after.level().emptyRun()).isEqualTo(29);
        assertThat(trends.judge(after, minute(START) + 31)).isEqualTo(TrendState.QUIET);
    }

    @Test
    void shouldCloseAYearOfSilenceInBoundedTime() {
        GroupTrend after = trends.close(first(START), START.plus(Duration.ofDays(365)));

        assertThat(after.counts().size()).isZero();
        assertThat(after.level().baseline()).isNotNegative().isLessThan(1e-9);
    }

    @Test
    void shouldAlarmInTheOpenWindow() {
        GroupTrend trend = first(START);
        Instant later = START;
        for (int i = 0; i < 60; i++) {
            later = later.plus(Duration.ofMinutes(1));
            trend = trends.close(seen(trend, later), later);
        }
        assertThat(trends.judge(trend, minute(later))).isEqualTo(TrendState.STEADY);
        for (int i = 0; i < 20; i++) {
            trend = seen(trend, later.plusSeconds(i));
        }
        assertThat(trends.judge(trend, minute(later))).isEqualTo(TrendState.SPIKING);
    }

    @Test
    void shouldTellNewsOfTheSameStateOnlyAfterTheInterval() {
        GroupTrend told = first(START).published(TrendState.NEW, START);

        assertThat(trends.isNews(told, TrendState.NEW, START.plusSeconds(5).minusMillis(1)))
                .isFalse();
        assertThat(trends.isNews(told, TrendState.NEW, START.plusSeconds(5))).isTrue();
        assertThat(trends.isNews(told, TrendState.SPIKING, START)).isTrue();
    }

    @Test
    void shouldDescribeTheWindowOfTheMoment() {
        ErrorTrend trend = trends.describe("g", seen(first(START), START.plusSeconds(1)), START.plusSeconds(1));

        assertThat(trend.getWindowStart()).isEqualTo(START);
        assertThat(trend.getWindowEnd()).isEqualTo(START.plusSeconds(60));
        assertThat(trend.getCount()).isEqualTo(2);
        assertThat(trend.getState()).isEqualTo(TrendState.NEW);
    }

    @Test
    void shouldComeBackFromBytesAsItWas() {
        GroupTrend trend = trends.close(seen(first(START), START.plusSeconds(70)), START.plusSeconds(130))
                .published(TrendState.NEW, START);
        GroupTrendSerde serde = new GroupTrendSerde();

        byte[] bytes = serde.serializer().serialize("t", trend);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(trend);
        assertThat(bytes).hasSizeLessThan(200);
    }

    @Test
    void shouldKeepTheNewestDayOfCounts() {
        MinuteCounts counts = MinuteCounts.EMPTY.plus(10).plus(5).plus(10).plus(7);

        assertThat(counts.last(10, 4)).isEqualTo(3);
        assertThat(counts.last(10, 3)).isEqualTo(2);
        assertThat(counts.since(7).size()).isEqualTo(2);
    }

    @Test
    void shouldStartANewBaselineWithANewRelease() {
        GroupTrend old = twoAMinute("1.0", START, 60);
        Instant rollOut = START.plus(Duration.ofMinutes(60));
        GroupTrend rolledOut = seen(old, rollOut, "1.1");
        ErrorTrend trend = trends.describe("g", rolledOut, rollOut);

        assertThat(rolledOut.level()).isEqualTo(TrendLevel.NONE);
        assertThat(trend.getState()).isEqualTo(TrendState.NEW);
        assertThat(trend.getRelease()).contains("1.1");
        assertThat(trend.getBaselinePerMinute()).isZero();
        assertThat(trend.getPreviousBaselinePerMinute()).isBetween(1.9, 2.1);
        assertThat(rolledOut.total()).isEqualTo(old.total() + 1);
        assertThat(rolledOut.counts().last(minute(rollOut), 60)).isEqualTo(119);
    }

    @Test
    void shouldKeepTheBaselineOfTheNewReleaseWhenTheOldOneStillSendsErrors() {
        Instant rollOut = START.plus(Duration.ofMinutes(60));
        GroupTrend trend = seen(twoAMinute("1.0", START, 60), rollOut, "1.1");
        for (int minute = 1; minute <= 40; minute++) {
            Instant at = rollOut.plus(Duration.ofMinutes(minute));
            trend = trends.close(trend, at);
            trend = seen(trend, at, "1.0");
            trend = seen(trend, at.plusSeconds(1), "1.1");
        }
        assertThat(trend.level().windows()).isEqualTo(40);
        assertThat(trends.judge(trend, trend.openMinute())).isEqualTo(TrendState.STEADY);
        assertThat(trend.releases().current()).contains("1.1");
    }

    @Test
    void shouldNotStartANewBaselineForAnErrorThatHappenedBefore() {
        GroupTrend old = twoAMinute("1.1", START, 60);
        GroupTrend after = trends.count(old, event(START, "1.0"), START, START.plus(Duration.ofMinutes(60)));

        assertThat(after.level()).isEqualTo(old.level());
        assertThat(after.releases().current()).contains("1.1");
    }

    @Test
    void shouldForecastAsFarAsTheHorizon() {
        GroupTrend steady = twoAMinute("1.0", START, 120);

        assertThat(trends.forecast(steady, Duration.ofMinutes(1)))
                .isEqualTo(steady.level().forecast());
        assertThat(trends.forecast(steady, Duration.ofHours(1))).isBetween(1.5, 2.5);
    }

    @Test
    void shouldTellTheScoreOfTheOpenWindowWhenItAlarms() {
        Instant now = START.plus(Duration.ofMinutes(60));
        GroupTrend trend = twoAMinute("1.0", START, 60);
        assertThat(trends.describe("g", trend, now).getScore()).isLessThan(TrendScore.ALARM);
        for (int i = 0; i < 30; i++) {
            trend = seen(trend, now, "1.0");
        }
        ErrorTrend spiking = trends.describe("g", trend, now);
        assertThat(spiking.getState()).isEqualTo(TrendState.SPIKING);
        assertThat(spiking.getScore()).isGreaterThanOrEqualTo(TrendScore.ALARM);
        assertThat(spiking.getDispersion()).isEqualTo(1);
    }

    private GroupTrend twoAMinute(String release, Instant from, int minutes) {
        GroupTrend trend = GroupTrend.first(event(from), from);
        for (int minute = 0; minute < minutes; minute++) {
            Instant at = from.plus(Duration.ofMinutes(minute));
            trend = seen(seen(trends.close(trend, at), at, release), at.plusSeconds(20), release);
        }
        return trends.close(trend, from.plus(Duration.ofMinutes(minutes)));
    }

    private GroupTrend seen(GroupTrend before, Instant at, String release) {
        return trends.count(before, event(at, release), at, at);
    }

    private GroupTrend first(Instant at) {
        return seen(GroupTrend.first(event(at), at), at);
    }

    private GroupTrend seen(GroupTrend before, Instant at) {
        return trends.count(before, event(at), at, at);
    }

    private static ErrorHead event(Instant at) {
        return IncomingError.of(Samples.error("e", at).build()).head();
    }

    private static ErrorHead event(Instant at, String release) {
        return IncomingError.of(Samples.error("e", at).setRelease(release).build())
                .head();
    }

    private static long minute(Instant at) {
        return GroupTrends.minuteOf(at);
    }
}
