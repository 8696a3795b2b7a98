package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.ErrorEvent;
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

    private GroupTrend first(Instant at) {
        return seen(GroupTrend.first(event(at), at), at);
    }

    private GroupTrend seen(GroupTrend before, Instant at) {
        return trends.count(before, event(at), at, at);
    }

    private static ErrorEvent event(Instant at) {
        return Samples.error("e", at).build();
    }

    private static long minute(Instant at) {
        return GroupTrends.minuteOf(at);
    }
}
