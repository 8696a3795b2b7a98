package dev.selfheal.analysis.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long W = WINDOW.toMillis();
    private static final int MANY = 100_000;
    private static final long NOW = 1_800_000_000_000L;

    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void openStore() {
        store = Stores.inMemoryKeyValueStore("seen").get();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    @Test
    void shouldTakeEachIdOnce() {
        RecentIds ids = ids(MANY);
        assertThat(ids.add("a", NOW)).isTrue();
        assertThat(ids.add("a", NOW)).isFalse();
        assertThat(ids.add("b", NOW)).isTrue();
        assertThat(ids.add("", NOW)).isTrue();
        assertThat(ids.add("", NOW)).isFalse();
    }

    @Test
    void shouldRememberForAWindowWhereverInAGenerationTheIdCame() {
        RecentIds ids = ids(MANY);
        ids.add("first", NOW);
        ids.add("last", NOW + W - 1);
        ids.add("turns", NOW + W);

        assertThat(ids.add("first", NOW + W)).isFalse();
        assertThat(ids.add("last", NOW + 2 * W - 1)).isFalse();
    }

    @Test
    void shouldForgetWithTheSecondTurnAndNotBefore() {
        RecentIds ids = ids(MANY);
        ids.add("a", NOW);
        ids.add("b", NOW + W);
        assertThat(ids.add("a", NOW + 2 * W - 1)).isFalse();
        ids.add("c", NOW + 2 * W);

        assertThat(ids.add("a", NOW + 2 * W)).isTrue();
        assertThat(ids.add("b", NOW + 2 * W)).isFalse();
    }

    @Test
    void shouldRememberOverRestart() {
        RecentIds before = ids(MANY);
        addMany(before, 1_000, NOW);
        addMany(before, 1_500, NOW + W); // 500 of them new

        RecentIds after = ids(MANY);
        for (int i = 0; i < 1_500; i++) {
            assertThat(after.add("id-" + i, NOW + W)).as("id-" + i).isFalse();
        }
        assertThat(after.add("new", NOW + W)).isTrue();
    }

    @Test
    void shouldGoOnAfterRestartAsWithoutOne() {
        RecentIds without = ids(MANY);
        addMany(without, 100, NOW);
        RecentIds restarted = ids(MANY);

        assertThat(restarted.add("turns", NOW + W)).isTrue();
        assertThat(restarted.add("id-99", NOW + 2 * W - 1)).isFalse();
        assertThat(restarted.add("turns again", NOW + 2 * W)).isTrue();
        assertThat(restarted.add("id-99", NOW + 2 * W)).isTrue();
    }

    @Test
    void shouldForgetTheOldestWhenFull() {
        RecentIds ids = ids(10);
        addMany(ids, 20, NOW);
        assertThat(ids.add("id-0", NOW)).isFalse();

        assertThat(ids.add("id-20", NOW)).isTrue();
        assertThat(ids.add("id-10", NOW)).isFalse();
        assertThat(ids.add("id-0", NOW)).isTrue();
    }

    @Test
    void shouldKeepNothingInStoreOfWhatIsForgotten() {
        RecentIds ids = ids(MANY);
        for (int turn = 0; turn < 10; turn++) {
            long at = NOW + turn * W;
            for (int i = 0; i < 3 * Generation.IDS_IN_CHUNK; i++) {
                ids.add(turn + "-" + i, at);
            }
        }
        assertThat(entries()).isEqualTo(2 * 3);
    }

    @Test
    void shouldCountRepetitionsOfLateErrorsToo() {
        RecentIds ids = ids(MANY);
        ids.add("newest", NOW + 5 * W);
        assertThat(ids.add("late", NOW + 5 * W)).isTrue();
        assertThat(ids.add("late", NOW + 5 * W)).isFalse();
    }

    private RecentIds ids(int most) {
        return new RecentIds(store, WINDOW, most);
    }

    private static void addMany(RecentIds ids, int count, long at) {
        for (int i = 0; i < count; i++) {
            ids.add("id-" + i, at);
        }
    }

    private int entries() {
        int entries = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }
}
