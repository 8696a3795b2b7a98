package dev.selfheal.analysis.trend;

import dev.selfheal.event.ErrorHead;
import dev.selfheal.event.TrendState;
import java.time.Instant;

/**
 * What is remembered of one group between two of its errors.
 *
 * @param service newest event's service
 * @param releases the release the level was learned under, and the one before
 * @param firstSeen event time of the earliest error
 * @param lastSeen event time of the latest error
 * @param total errors counted, late ones included
 * @param late errors whose window was closed already
 * @param openMinute first minute not yet closed
 * @param counts errors per minute of the recent past and of the open windows
 * @param level the detector's memory after the last closed window
 * @param state as last published
 * @param publishedAt when the trend was last published
 */
public record GroupTrend(
        String service,
        Releases releases,
        Instant firstSeen,
        Instant lastSeen,
        long total,
        long late,
        long openMinute,
        MinuteCounts counts,
        TrendLevel level,
        TrendState state,
        Instant publishedAt) {

    static GroupTrend first(ErrorHead error, Instant at) {
        return new GroupTrend(
                error.getService(),
                Releases.NONE,
                at,
                at,
                0,
                0,
                GroupTrends.minuteOf(at),
                MinuteCounts.EMPTY,
                TrendLevel.NONE,
                TrendState.UNKNOWN,
                Instant.EPOCH);
    }

    GroupTrend counted(ErrorHead error, Instant at, MinuteCounts newCounts, boolean isLate) {
        return new GroupTrend(
                error.getService(),
                releases.seen(error.getRelease(), at),
                at.isBefore(firstSeen) ? at : firstSeen,
                at.isAfter(lastSeen) ? at : lastSeen,
                total + 1,
                isLate ? late + 1 : late,
                openMinute,
                newCounts,
                level,
                state,
                publishedAt);
    }

    GroupTrend closed(long newOpenMinute, MinuteCounts newCounts, TrendLevel newLevel) {
        return new GroupTrend(
                service,
                releases,
                firstSeen,
                lastSeen,
                total,
                late,
                newOpenMinute,
                newCounts,
                newLevel,
                state,
                publishedAt);
    }

    /** The trend to count an error of this release into: with nothing learned when the release is new. */
    GroupTrend under(ErrorHead error, Instant at) {
        if (!releases.isReplacedBy(error.getRelease(), at)) {
            return this;
        }
        return new GroupTrend(
                service,
                releases.replaced(error.getRelease(), at, level.baseline()),
                firstSeen,
                lastSeen,
                total,
                late,
                openMinute,
                counts,
                TrendLevel.NONE,
                state,
                publishedAt);
    }

    /** True until its first window has closed. */
    boolean nothingClosedYet() {
        return level.windows() == 0 && releases.previous().isEmpty();
    }

    GroupTrend published(TrendState newState, Instant at) {
        return new GroupTrend(
                service, releases, firstSeen, lastSeen, total, late, openMinute, counts, level, newState, at);
    }
}
