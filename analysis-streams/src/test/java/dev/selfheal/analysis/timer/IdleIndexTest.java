package dev.selfheal.analysis.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleIndexTest {

    private static final Duration AFTER = Duration.ofDays(30);
    private static final Duration STEP = Duration.ofDays(1);
    /** Where one step ends and the next begins. */
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private KeyValueStore<String, String> store;
    private IdleIndex idle;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("idle"), Serdes.String(), Serdes.String())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        idle = new IdleIndex(store, AFTER);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldGiveBackWhatWasNotTouchedForSoLongAndNothingBefore() {
        idle.touch("a", START);
        Instant end = START.plus(AFTER);

        assertThat(idle.take(end)).isEmpty();
        assertThat(idle.isIdle("a", end)).isFalse();
        assertThat(idle.isIdle("a", end.plusMillis(1))).isTrue();
        assertThat(idle.take(end.plusMillis(1))).containsExactly("a");
        assertThat(idle.take(end.plusMillis(1))).isEmpty();
    }

    @Test
    void shouldCountFromTheLastTouch() {
        idle.touch("a", START);
        idle.touch("a", START.plus(STEP.multipliedBy(3)));

        assertThat(idle.take(START.plus(AFTER).plus(STEP.multipliedBy(3)))).isEmpty();
        assertThat(idle.take(START.plus(AFTER).plus(STEP.multipliedBy(3)).plusMillis(1)))
                .containsExactly("a");
    }

    @Test
    void shouldWriteOnceForAllTouchesWithinAStep() {
        idle.touch("a", START.plusMillis(1));
        long entries = store.approximateNumEntries();
        idle.touch("a", START.plus(STEP));

        assertThat(store.approximateNumEntries()).isEqualTo(entries).isEqualTo(2);
        assertThat(idle.take(START.plus(STEP).plus(AFTER))).isEmpty();
        assertThat(idle.isIdleSince(START.plusMillis(1), START.plus(STEP).plus(AFTER)))
                .isFalse();
        assertThat(idle.take(START.plus(STEP).plus(AFTER).plusMillis(1))).containsExactly("a");
    }

    @Test
    void shouldLeaveNothingBehind() {
        idle.touch("a", START);
        idle.touch("b", START);
        idle.remove("a");
        idle.remove("unknown");

        assertThat(idle.take(START.plus(AFTER).plusMillis(1))).containsExactly("b");
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void shouldTakeNoMoreThanAThousandAtOnce() {
        for (int i = 0; i <= IdleIndex.MOST_AT_ONCE; i++) {
            idle.touch("id-" + i, START);
        }
        Instant now = START.plus(AFTER).plusMillis(1);

        assertThat(idle.take(now)).hasSize(IdleIndex.MOST_AT_ONCE);
        assertThat(idle.take(now)).hasSize(1);
    }
}
