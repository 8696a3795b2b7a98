package dev.selfheal.analysis.trend;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.TrendState;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one group between two of its errors.
 *
 * @param service newest event's service
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
        Optional<String> release,
        Instant firstSeen,
        Instant lastSeen,
        long total,
        long late,
        long openMinute,
        MinuteCounts counts,
        TrendLevel level,
        TrendState state,
        Instant publishedAt) {

    static GroupTrend first(ErrorEvent event, Instant at) {
        return new GroupTrend(
                event.getService(),
                event.getRelease(),
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

    GroupTrend counted(ErrorEvent event, Instant at, MinuteCounts newCounts, boolean isLate) {
        return new GroupTrend(
                event.getService(),
                event.getRelease().or(() -> release),
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
                release,
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

    GroupTrend published(TrendState newState, Instant at) {
        return new GroupTrend(
                service, release, firstSeen, lastSeen, total, late, openMinute, counts, level, newState, at);
    }
}
