package dev.selfheal.analysis.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecentValuesTest {

    private static final int MORE_THAN_ARE_KEPT = 5_000;

    private KeyValueStore<String, String> store;

    @BeforeEach
    void openStore() {
        Serde<String> notTooLong = Serdes.serdeFrom(
                (topic, value) -> {
                    if (value.length() > 10) {
                        throw new SerializationException("too long");
                    }
                    return Serdes.String().serializer().serialize(topic, value);
                },
                Serdes.String().deserializer());
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("values"), Serdes.String(), notTooLong)
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    @Test
    void shouldHaveNothingWhereTheStoreHasNothing() {
        assertThat(new RecentValues<>(store).get("a")).isNull();
    }

    @Test
    void shouldAgreeWithStoreHoweverManyThereAre() {
        RecentValues<String> values = new RecentValues<>(store);
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            values.put("key-" + i, "old");
            values.put("key-" + i, "value-" + i);
        }
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            assertThat(values.get("key-" + i)).isEqualTo("value-" + i).isEqualTo(store.get("key-" + i));
        }
    }

    @Test
    void shouldFindWhatIsPutAfterItHadNothing() {
        RecentValues<String> values = new RecentValues<>(store);
        values.get("a");
        values.put("a", "1");
        assertThat(values.get("a")).isEqualTo("1");
    }

    @Test
    void shouldGiveTheSameObjectAgain() {
        RecentValues<String> values = new RecentValues<>(store);
        store.put("a", "1");
        assertThat(values.get("a")).isSameAs(values.get("a"));
    }

    @Test
    void shouldKeepTheOldValueWhenStoreRefusesTheNew() {
        RecentValues<String> values = new RecentValues<>(store);
        values.put("a", "short");
        assertThatThrownBy(() -> values.put("a", "much too long")).isInstanceOf(SerializationException.class);
        assertThat(values.get("a")).isEqualTo("short");
    }
}
