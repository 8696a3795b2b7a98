package dev.selfheal.analysis.trend;

import dev.selfheal.event.ErrorHead;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;

/**
 * Windows of one minute on event time over the errors of a group. Pure. A window closes when its end and the grace have
 * passed; an error that comes later than that is counted as late and judged no more.
 */
public final class GroupTrends {

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final long WINDOW_MS = WINDOW.toMillis();

    /** Minutes of counts kept for triggers; a policy's window is cut to it. */
    static final int HISTORY_MINUTES = 1440;

    private final TrendDetector detector;
    private final Duration grace;
    private final Duration publishInterval;

    /**
     * @param grace how late an error may come and still count in its window
     * @param publishInterval least stream time between two trends of a group whose state does not change
     */
    public GroupTrends(TrendDetector detector, Duration grace, Duration publishInterval) {
        this.detector = detector;
        this.grace = grace;
        this.publishInterval = publishInterval;
    }

    static long minuteOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), WINDOW_MS);
    }

    /**
     * Counts one error that happened at {@code at}; {@code now} is the time of the stream. The first error of a new release
     * starts a new baseline: the group is NEW again; its counts and times go on.
     */
    public GroupTrend count(GroupTrend known, ErrorHead error, Instant at, Instant now) {
        GroupTrend before = known.under(error, at);
        long minute = minuteOf(at);
        if (minute >= before.openMinute()) {
            return before.counted(error, at, before.counts().plus(minute), false);
        }
        if (before.nothingClosedYet() && minute >= firstOpenAt(now)) {
            MinuteCounts counts = before.counts().plus(minute);
            return before.counted(error, at, counts, false).closed(minute, counts, TrendLevel.NONE);
        }
        return before.counted(error, at, before.counts(), true);
    }

    /** Closes every window whose end and grace have passed at {@code now}. */
    public GroupTrend close(GroupTrend before, Instant now) {
        long firstOpen = firstOpenAt(now);
        if (firstOpen <= before.openMinute()) {
            return before;
        }
        TrendLevel level = before.level();
        long minute = before.openMinute();
        for (int i = 0; i < before.counts().size(); i++) {
            long counted = before.counts().minute(i);
            if (counted >= minute && counted < firstOpen) {
                level = detector.observeEmpty(level, counted - minute);
                level = detector.observe(level, (double) before.counts().count(i), 1);
                minute = counted + 1;
            }
        }
        level = detector.observeEmpty(level, firstOpen - minute);
        return before.closed(firstOpen, before.counts().since(firstOpen - HISTORY_MINUTES), level);
    }

    private long firstOpenAt(Instant now) {
        return Math.floorDiv(now.toEpochMilli() - grace.toMillis(), WINDOW_MS);
    }

    /** When the next window of this group closes. */
    public Instant nextClose(GroupTrend trend) {
        return Instant.ofEpochMilli((trend.openMinute() + 1) * WINDOW_MS).plus(grace);
    }

    /** Start of the newest window that is closed. */
    public Instant lastClosed(GroupTrend trend) {
        return Instant.ofEpochMilli((trend.openMinute() - 1) * WINDOW_MS);
    }

    /** The state with the newest, still open window taken as it is: it can only grow, so an alarm in it stands. */
    public TrendState judge(GroupTrend trend, long minute) {
        return detector.judge(judged(trend, minute));
    }

    /** Errors per minute expected in the minute that lies {@code horizon} ahead of the last closed window. */
    public double forecast(GroupTrend trend, Duration horizon) {
        return trend.level().forecast(Math.toIntExact(horizon.toMinutes()));
    }

    /** The level to judge by: with the open window when that alarms or ends a silence, else without. */
    private TrendLevel judged(GroupTrend trend, long minute) {
        TrendLevel closed = trend.level();
        long open = trend.counts().at(minute);
        if (minute < trend.openMinute() || open == 0) {
            return closed;
        }
        TrendLevel provisional = detector.observe(closed, (double) open, 1);
        boolean judgeable = provisional.alarming() || detector.judge(closed) == TrendState.QUIET;
        return judgeable ? provisional : closed;
    }

    /** True when people should hear of it now: the state changed, or the last word is old enough. */
    public boolean isNews(GroupTrend trend, TrendState state, Instant now) {
        long since = now.toEpochMilli() - trend.publishedAt().toEpochMilli();
        return trend.state() != state || since >= publishInterval.toMillis();
    }

    /** The record for the window that holds {@code at}. */
    public ErrorTrend describe(String group, GroupTrend trend, Instant at) {
        long minute = minuteOf(at);
        Instant start = Instant.ofEpochMilli(minute * WINDOW_MS);
        long count = trend.counts().at(minute);
        TrendLevel judged = judged(trend, minute);
        return ErrorTrend.newBuilder()
                .setGroup(group)
                .setService(trend.service())
                .setWindowStart(start)
                .setWindowEnd(Instant.ofEpochMilli((minute + 1) * WINDOW_MS))
                .setCount(count)
                .setTotal(trend.total())
                .setLate(trend.late())
                .setRatePerMinute((double) count)
                .setBaselinePerMinute(trend.level().baseline())
                .setCusum(trend.level().cusum())
                .setSlopePerMinute(trend.level().slope())
                .setForecastPerMinute(trend.level().forecast())
                .setState(detector.judge(judged))
                .setFirstSeen(trend.firstSeen())
                .setLastSeen(trend.lastSeen())
                .setRelease(trend.releases().current().orElse(null))
                .setScore(judged.score())
                .setDispersion(trend.level().dispersion())
                .setPreviousBaselinePerMinute(trend.releases().previousBaseline())
                .build();
    }
}
