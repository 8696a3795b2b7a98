package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.query.Order.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final Order NEWEST = Order.byTime("at", "key");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void shouldSortByWeightThenKey() {
        assertThat(keys(page(10, Optional.empty(), row("b", 1), row("c", 2), row("a", 1)), "rows"))
                .containsExactly("c", "a", "b");
    }

    @Test
    void shouldNameTheNextPageOnlyWhenThereIsOne() {
        assertThat(page(2, Optional.empty(), row("a", 1), row("b", 2))
                        .toJson("rows")
                        .has("next"))
                .isFalse();
        assertThat(page(2, Optional.empty(), row("a", 1), row("b", 2), row("c", 3))
                        .toJson("rows")
                        .has("next"))
                .isTrue();
    }

    @Test
    void shouldGiveEveryRowOnceOverAllPages() {
        List<String> keys = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        do {
            ObjectNode body = page(3, after, rows(20)).toJson("rows");
            keys.addAll(body.path("rows").findValuesAsText("key"));
            after = Optional.of(body.path("next").asText())
                    .filter(next -> !next.isEmpty())
                    .map(Place::of);
        } while (after.isPresent());

        assertThat(keys).hasSize(20).doesNotHaveDuplicates();
    }

    /** One part may hold the whole page and more while the others hold nothing. */
    @Test
    void shouldKnowThatThereIsMoreWhenPartsAreMerged() {
        JsonNode part = page(3, Optional.empty(), rows(9)).toPart("rows").path("rows");
        Page merged = new Page(NEWEST, 3, Optional.empty());
        part.forEach(row -> merged.offer((ObjectNode) row));

        assertThat(merged.toJson("rows").path("rows")).hasSize(3);
        assertThat(merged.toJson("rows").has("next")).isTrue();
    }

    @Test
    void shouldHoldOnePageHoweverManyRowsThereAre() {
        assertThat(page(3, Optional.empty(), rows(1_000)).toPart("rows").path("rows"))
                .hasSize(4);
    }

    @Test
    void shouldMakeNoRowThatDoesNotGetOnThePage() {
        AtomicInteger made = new AtomicInteger();
        Page page = new Page(NEWEST, 3, Optional.empty());
        for (int i = 0; i < 1_000; i++) {
            int second = i;
            page.offer(new Place(START.plusSeconds(i).toEpochMilli(), "key-" + i), () -> {
                made.incrementAndGet();
                return row("key-" + second, second);
            });
        }

        assertThat(keys(page, "rows")).containsExactly("key-999", "key-998", "key-997");
        assertThat(made).hasValue(3);
    }

    @Test
    void shouldCarryKeysOfAnyKindInTheCursor() {
        Place place = new Place(12.5, "v1:a/b c|ü%2F");

        assertThat(place.cursor()).matches("[A-Za-z0-9_-]+");
        assertThat(Place.of(place.cursor())).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "AAAA", "%00"})
    void shouldRefuseWhatIsNoCursor(String cursor) {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> Place.of(cursor))
                .satisfies(e -> assertThat(e.problem().field()).isEqualTo("after"));
    }

    private static Page page(int limit, Optional<Place> after, ObjectNode... rows) {
        Page page = new Page(NEWEST, limit, after);
        for (ObjectNode row : rows) {
            page.offer(row);
        }
        return page;
    }

    private static ObjectNode[] rows(int count) {
        ObjectNode[] rows = new ObjectNode[count];
        for (int i = 0; i < count; i++) {
            rows[i] = row("key-" + i, i / 4);
        }
        return rows;
    }

    private static ObjectNode row(String key, int seconds) {
        return Json.object()
                .put("key", key)
                .put("at", START.plusSeconds(seconds).toString());
    }

    private static List<String> keys(Page page, String name) {
        return page.toJson(name).path(name).findValuesAsText("key");
    }
}
