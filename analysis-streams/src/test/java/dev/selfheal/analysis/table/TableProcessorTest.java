package dev.selfheal.analysis.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.runtime.RetryPolicy;
import dev.selfheal.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableProcessorTest {

    private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(10));

    private final AtomicBoolean registryAway = new AtomicBoolean();
    private final List<Duration> waits = new ArrayList<>();
    private final TopologyTestDriver driver = driver(new OutageWait(POLICY, this::comeBackAfterTwentyWaits));
    private final TestInputTopic<String, String> topic =
            driver.createInputTopic("policies", new StringSerializer(), new StringSerializer());

    @AfterEach
    void close() {
        Thread.interrupted();
        driver.close();
    }

    @Test
    void shouldKeepNewestValue() {
        topic.pipeInput("orders", "first");
        topic.pipeInput("orders", "second");

        assertThat(value()).isEqualTo("second");
    }

    @Test
    void shouldKeepLastGoodValueWhenNextCannotBeRead() {
        topic.pipeInput("orders", "good");
        topic.pipeInput("orders", "poison");

        assertThat(value()).isEqualTo("good");
    }

    @Test
    void shouldRemoveKeyWhenTombstoneComes() {
        topic.pipeInput("orders", "good");
        topic.pipeInput("orders", (String) null);

        assertThat(value()).isNull();
    }

    @Test
    void shouldIgnoreRecordWithoutKey() {
        topic.pipeInput("orders", "good");
        topic.pipeInput("lost");

        assertThat(value()).isEqualTo("good");
    }

    @Test
    void shouldKeepLastGoodValueWhenNextBelongsToAnotherKey() {
        topic.pipeInput("orders", "good");
        topic.pipeInput("orders", "stray");

        assertThat(value()).isEqualTo("good");
    }

    @Test
    void shouldGoOnWhenNoSubstituteCanBeMadeForKey() {
        topic.pipeInput("k", "poison");
        topic.pipeInput("orders", "good");

        assertThat(value()).isEqualTo("good");
    }

    @Test
    void shouldGoOnWhenDeserializerFailsInAnotherWay() {
        topic.pipeInput("orders", "good");
        topic.pipeInput("orders", "bug");

        assertThat(value()).isEqualTo("good");
    }

    @Test
    void shouldCountWhatItIgnores() {
        topic.pipeInput("orders", "poison");
        topic.pipeInput("orders", "stray");
        topic.pipeInput("lost");
        topic.pipeInput("orders", "good");
        topic.pipeInput("orders", (String) null);

        assertThat(driver.metrics().values())
                .filteredOn(metric -> metric.metricName().name().equals("ignored-records-total"))
                .extracting(Metric::metricValue)
                .containsExactly(3.0);
    }

    @Test
    void shouldWaitLongerThanAnyNumberOfTriesWhenRegistryIsAway() {
        topic.pipeInput("orders", "before");
        registryAway.set(true);
        topic.pipeInput("orders", "after");

        assertThat(waits)
                .hasSize(20)
                .allSatisfy(wait -> assertThat(wait).isBetween(POLICY.shortest(), POLICY.longest()));
        assertThat(value()).isEqualTo("after");
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        OutageWait wait = new OutageWait(POLICY);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> wait.during("table policies", TableProcessorTest::ask))
                .isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void ask() {
        throw new RegistryUnavailableException("connection refused");
    }

    private void comeBackAfterTwentyWaits(Duration wait) {
        waits.add(wait);
        registryAway.set(waits.size() < 20);
    }

    private String value() {
        var found =
                driver.<String, String>getTimestampedKeyValueStore("policies").get("orders");
        return found == null ? null : found.value();
    }

    /** Values are under their own key, but for strays. */
    private static String keyOf(String value) {
        return value.equals("stray") ? "elsewhere" : "orders";
    }

    /** Of nothing but the key {@code orders}. */
    private static Optional<String> substitute(String key) {
        if (!key.equals("orders")) {
            throw new IllegalArgumentException("no key: " + key);
        }
        return Optional.empty();
    }

    private TopologyTestDriver driver(OutageWait wait) {
        Deserializer<String> values = (name, bytes) -> {
            if (registryAway.get()) {
                ask();
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.equals("bug")) {
                throw new IllegalStateException("a deserializer's own");
            }
            if (text.equals("poison")) {
                throw new SerializationException("no record");
            }
            return text;
        };
        StreamsBuilder builder = new StreamsBuilder();
        builder.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("policies"), Serdes.String(), Serdes.String())
                        .withLoggingDisabled(),
                "policies",
                Consumed.with(Serdes.String(), Serdes.ByteArray()),
                () -> new TableProcessor<>(
                        "policies", values, TableProcessorTest::keyOf, wait, TableProcessorTest::substitute));
        return new TopologyTestDriver(builder.build(), new Properties());
    }
}
