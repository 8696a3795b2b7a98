package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.healing.Sighting;
import dev.selfheal.analysis.query.GroupQueries.Sorting;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.KnownGroups;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupQueriesTest {

    private static final Instant LAST_SEEN = Instant.parse("2026-11-22T10:00:20Z");
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final GroupQueries queries = new GroupQueries(
            new LocalStores(Optional::empty, false),
            new GroupTrends(new TrendDetector(TrendSettings.DEFAULT), Duration.ofSeconds(10), WINDOW));

    @Test
    void shouldShowNoRateOfAGroupThatIsQuiet() {
        assertThat(queries.trend("g", seen(TrendState.STEADY)).getRatePerMinute()).isEqualTo(1);
        assertThat(queries.trend("g", seen(TrendState.QUIET)).getRatePerMinute()).isZero();
    }

    @Test
    void shouldSortQuietGroupsBehindAllThatStillThrow() {
        assertThat(Sorting.RATE.placeOf("a", seen(TrendState.QUIET)))
                .isGreaterThan(Sorting.RATE.placeOf("b", seen(TrendState.STEADY)));
    }

    /** A page is sorted by what is known before its rows are made, and merged by the rows. */
    @Test
    void shouldSortAsTheRowsAreSorted() {
        for (Sorting sorting : Sorting.values()) {
            for (TrendState state : new TrendState[] {TrendState.QUIET, TrendState.STEADY}) {
                GroupTrend known = seen(state);
                assertThat(sorting.placeOf("g", known))
                        .isEqualTo(sorting.order().placeOf(Json.of(queries.trend("g", known))));
            }
        }
    }

    @Test
    void shouldCountForTheTriggerUpToNowAndNotToTheNewestError() {
        GroupTrend known = seen(TrendState.STEADY);

        assertThat(sighting(known, LAST_SEEN.plus(Duration.ofMinutes(4))).count(5)).isEqualTo(1);
        assertThat(sighting(known, LAST_SEEN.plus(Duration.ofMinutes(5))).count(5)).isZero();
    }

    @Test
    void shouldJudgeTheSilenceSinceTheNewestError() {
        Instant later = LAST_SEEN.plus(Duration.ofHours(2));

        assertThat(queries.trendAt("g", seen(TrendState.STEADY), later).getState()).isEqualTo(TrendState.QUIET);
    }

    private Sighting sighting(GroupTrend known, Instant now) {
        return new Sighting(queries.trendAt("g", known, now), known.counts(), Optional.empty());
    }

    /** One error. */
    private static GroupTrend seen(TrendState published) {
        return KnownGroups.ofOneError("shop", LAST_SEEN, published);
    }
}
