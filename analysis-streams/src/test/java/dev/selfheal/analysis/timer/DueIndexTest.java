package dev.selfheal.analysis.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueIndexTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private KeyValueStore<String, String> store;
    private DueIndex due;

    @BeforeEach
    void openStore() {
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("due"), Serdes.String(), Serdes.String())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        due = new DueIndex(store);
    }

    @Test
    void shouldTakeWhatIsDueBeforeTheTimeAndNotAtIt() {
        due.add(NOW.minusMillis(1), "before");
        due.add(NOW, "at");

        assertThat(due.takeBefore(NOW)).containsExactly("before");
        assertThat(due.takeBefore(NOW.plusMillis(1))).containsExactly("at");
        assertThat(due.takeBefore(NOW.plusMillis(1))).isEmpty();
    }

    @Test
    void shouldTakeEarliestFirst() {
        due.add(NOW.plusMillis(2), "a");
        due.add(NOW.plusMillis(1), "b");
        assertThat(due.takeBefore(NOW.plusSeconds(1))).containsExactly("b", "a");
    }

    @Test
    void shouldTakeWhatIsAddedForATimeAlreadyPassed() {
        due.takeBefore(NOW);
        due.add(NOW.minusSeconds(5), "late");
        assertThat(due.takeBefore(NOW)).containsExactly("late");
    }

    @Test
    void shouldKeepWhatIsNotReadyUntilItIs() {
        due.add(NOW.minusSeconds(3), "waits");
        due.add(NOW.minusSeconds(2), "goes");
        due.add(NOW.minusSeconds(1), "waits too");

        assertThat(due.takeBefore(NOW, id -> id.equals("goes"))).containsExactly("goes");
        assertThat(due.takeBefore(NOW)).containsExactly("waits", "waits too");
    }

    @Test
    void shouldLeaveTheRestForTheNextTime() {
        for (int i = 0; i < DueIndex.MOST_AT_ONCE + 1; i++) {
            due.add(NOW.minusMillis(1), "group-" + i);
        }
        assertThat(due.takeBefore(NOW)).hasSize(DueIndex.MOST_AT_ONCE);
        assertThat(due.takeBefore(NOW)).hasSize(1);
        assertThat(due.takeBefore(NOW)).isEmpty();
    }

    @Test
    void shouldKeepWhatIsNotReadyAlsoWhenThereIsMoreThanIsTakenAtOnce() {
        due.add(NOW.minusSeconds(2), "waits");
        for (int i = 0; i < DueIndex.MOST_AT_ONCE; i++) {
            due.add(NOW.minusSeconds(1), "group-" + i);
        }
        assertThat(due.takeBefore(NOW, id -> !id.equals("waits"))).hasSize(DueIndex.MOST_AT_ONCE);
        assertThat(due.takeBefore(NOW)).containsExactly("waits");
    }

    @Test
    void shouldKnowNothingOfWhatWasRemoved() {
        due.add(NOW, "a");
        due.remove(NOW, "a");
        assertThat(due.takeBefore(NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void shouldGoOnFromTheStoreAfterRestart() {
        due.add(NOW.minusSeconds(1), "a");
        due.takeBefore(NOW.minusSeconds(2));
        assertThat(new DueIndex(store).takeBefore(NOW)).containsExactly("a");
    }
}
