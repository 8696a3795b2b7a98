package dev.selfheal.analysis.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceTrendsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long FIRST = ServiceTrends.minuteOf(Samples.START);

    private final ServiceTrends trends =
            new ServiceTrends(new TrendDetector(TrendSettings.DEFAULT), INTERVAL, Duration.ofDays(30));

    private ServiceLevel service = ServiceLevel.first(FIRST);

    @Test
    void shouldSumTheGroupsOfAMinute() {
        add(closed(1, FIRST, 5, TrendState.STEADY));
        add(closed(2, FIRST, 7, TrendState.RISING));
        add(closed(3, FIRST, 1, TrendState.NEW));

        ServiceTrend trend = trends.describe(Samples.SERVICE, service);
        assertThat(trend.getCount()).isEqualTo(13);
        assertThat(trend.getActiveGroups()).isEqualTo(3);
        assertThat(trend.getRisingGroups()).isEqualTo(1);
        assertThat(trend.getNewGroups()).isEqualTo(1);
        assertThat(trend.getWindowStart()).isEqualTo(Samples.START);
        assertThat(trend.getWindowEnd()).isEqualTo(Samples.START.plusSeconds(60));
    }

    @Test
    void shouldCloseAMinuteWhenItHasSettledAndNotBefore() {
        add(closed(1, FIRST, 5, TrendState.STEADY));
        Instant settled = Samples.START.plus(ServiceTrends.SETTLE);

        assertThat(trends.close(service, settled.minusMillis(1)).openMinute()).isEqualTo(FIRST);
        ServiceLevel after = trends.close(service, settled);
        assertThat(after.openMinute()).isEqualTo(FIRST + 1);
        assertThat(after.level().windows()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutWhatComesAfterItsMinuteHasSettled() {
        add(closed(1, FIRST, 5, TrendState.STEADY));
        service = trends.close(service, Samples.START.plus(ServiceTrends.SETTLE));
        ServiceLevel before = service;
        add(closed(2, FIRST, 5, TrendState.STEADY));
        assertThat(service).isEqualTo(before);
    }

    @Test
    void shouldTakeMinutesInAnyOrder() {
        add(closed(1, FIRST + 2, 3, TrendState.STEADY));
        add(closed(1, FIRST, 1, TrendState.STEADY));
        add(closed(1, FIRST + 1, 2, TrendState.STEADY));
        service = trends.close(service, minute(FIRST + 3));

        assertThat(service.openMinute()).isEqualTo(FIRST + 3);
        assertThat(service.open()).isEmpty();
        assertThat(service.last().count()).isEqualTo(3);
    }

    @Test
    void shouldSpikeWhenAllGroupsDoAlthoughNoMinuteIsClosed() {
        long now = learn(40, 5);
        assertThat(trends.judge(service)).isEqualTo(TrendState.STEADY);
        for (int group = 1; group <= 5; group++) {
            add(early(group, now, 20));
        }
        ServiceTrend trend = trends.describe(Samples.SERVICE, service);
        assertThat(trend.getState()).isEqualTo(TrendState.SPIKING);
        assertThat(trend.getActiveGroups()).isEqualTo(5);
        assertThat(trend.getRisingGroups()).isEqualTo(5);
        assertThat(trend.getCount()).isEqualTo(100);
    }

    @Test
    void shouldHoldAnEarlyAlarmAgainstTheGroupsOfTheLastMinute() {
        long now = learn(40, 5);
        add(early(1, now, 100));
        ServiceTrend trend = trends.describe(Samples.SERVICE, service);
        assertThat(trend.getRisingGroups()).isEqualTo(1);
        assertThat(trend.getActiveGroups()).isEqualTo(5);
    }

    @Test
    void shouldCountAGroupOnceWhenItsMinuteClosesAfterItsAlarm() {
        add(early(1, FIRST, 20));
        add(early(1, FIRST, 30));
        add(closed(1, FIRST, 40, TrendState.SPIKING));

        ServiceTrend trend = trends.describe(Samples.SERVICE, service);
        assertThat(trend.getCount()).isEqualTo(40);
        assertThat(trend.getActiveGroups()).isEqualTo(1);
        assertThat(trend.getRisingGroups()).isEqualTo(1);
    }

    @Test
    void shouldRememberNoMoreThanItsBoundHoweverManyGroupsAlarm() {
        for (int group = 0; group < 10_000; group++) {
            add(early(group, FIRST, 1));
        }
        assertThat(new ServiceLevelSerde().serializer().serialize("t", service)).hasSizeLessThan(2_000);
    }

    @Test
    void shouldSayAChangeOfStateAtOnceAndAnythingElseOncePerInterval() {
        Instant now = minute(learn(40, 5));
        say(now);
        assertThat(isNews(now.plus(INTERVAL))).as("nothing has happened").isFalse();

        add(closed(1, service.openMinute(), 1, TrendState.STEADY));
        assertThat(isNews(now.plus(INTERVAL).minusMillis(1))).isFalse();
        assertThat(isNews(now.plus(INTERVAL))).isTrue();
        assertThat(trends.nextLook(service)).contains(now.plus(INTERVAL));

        add(early(2, service.openMinute(), 1_000));
        assertThat(isNews(now)).isTrue();
    }

    @Test
    void shouldSayAtOnceThatTheWholeServiceRisesThoughItSpikedBefore() {
        long now = learn(40, 5);
        add(early(1, now, 100));
        add(early(2, now, 100));
        assertThat(isNews(minute(now))).as("the state changes").isTrue();
        say(minute(now));
        assertThat(isNews(minute(now))).isFalse();
        add(early(3, now, 100));
        assertThat(isNews(minute(now))).as("three of five is most of them").isTrue();
    }

    @Test
    void shouldRestWhenTheServiceIsQuiet() {
        learn(40, 5);
        service = trends.close(service, minute(FIRST + 400));
        say(minute(FIRST + 400));
        assertThat(trends.judge(service)).isEqualTo(TrendState.QUIET);
        Instant forgotten = ServiceTrends.startOf(service.last().minute()).plus(Duration.ofDays(30));
        assertThat(trends.nextLook(service)).contains(forgotten);
        assertThat(trends.isForgotten(service, forgotten.minusMillis(1))).isFalse();
        assertThat(trends.isForgotten(service, forgotten)).isTrue();
    }

    @Test
    void shouldKnowWhenANewReleaseBeganButNotTheFirst() {
        add(released(FIRST, "1.0"));
        assertThat(trends.describe("s", service).getRelease()).contains("1.0");
        assertThat(trends.describe("s", service).getReleasedAt()).isEmpty();
        add(released(FIRST + 5, "2.0"));
        add(released(FIRST + 6, "1.0"));
        add(released(FIRST + 7, "2.0"));
        assertThat(trends.describe("s", service).getRelease()).contains("2.0");
        assertThat(trends.describe("s", service).getReleasedAt()).contains(minute(FIRST + 5));
    }

    @Test
    void shouldSurviveBeingStored() {
        learn(10, 3);
        add(early(7, service.openMinute(), 9));
        add(released(service.openMinute() + 1, "2.0"));
        ServiceLevel stored =
                service.said(TrendState.RISING, true, Samples.START).due(Optional.of(Samples.START));
        ServiceLevelSerde serde = new ServiceLevelSerde();
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", stored)))
                .isEqualTo(stored);

        GroupWindowSerde windows = new GroupWindowSerde();
        GroupWindow window = released(FIRST, "2.0");
        assertThat(windows.deserializer().deserialize("t", windows.serializer().serialize("t", window)))
                .isEqualTo(window);
    }

    /** So many steady minutes of so many groups; the minute after them. */
    private long learn(int minutes, int groups) {
        for (int i = 0; i < minutes; i++) {
            for (int group = 1; group <= groups; group++) {
                add(closed(group, FIRST + i, 1, TrendState.STEADY));
            }
        }
        service = trends.close(service, minute(FIRST + minutes));
        return FIRST + minutes;
    }

    private void say(Instant at) {
        service = trends.said(service, trends.describe("s", service), at);
    }

    private boolean isNews(Instant at) {
        return trends.isNews(service, trends.describe("s", service), at);
    }

    private void add(GroupWindow window) {
        service = trends.add(service, window);
    }

    private static GroupWindow closed(int group, long minute, long count, TrendState state) {
        return new GroupWindow(group, minute, count, state, Optional.empty(), true);
    }

    private static GroupWindow early(int group, long minute, long count) {
        return new GroupWindow(group, minute, count, TrendState.SPIKING, Optional.empty(), false);
    }

    private static GroupWindow released(long minute, String release) {
        return new GroupWindow(1, minute, 1, TrendState.STEADY, Optional.of(release), true);
    }

    private static Instant minute(long minute) {
        return ServiceTrends.startOf(minute);
    }
}
