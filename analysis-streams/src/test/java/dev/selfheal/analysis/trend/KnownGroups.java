package dev.selfheal.analysis.trend;

import dev.selfheal.event.TrendState;
import java.time.Instant;

/** Groups as the store has them. */
public final class KnownGroups {

    private KnownGroups() {}

    /** One error, and what was last said of it. */
    public static GroupTrend ofOneError(String service, Instant at, TrendState published) {
        long minute = GroupTrends.minuteOf(at);
        return new GroupTrend(
                service,
                Releases.NONE,
                at,
                at,
                1,
                0,
                minute,
                MinuteCounts.EMPTY.plus(minute),
                TrendLevel.NONE,
                published,
                at);
    }
}
