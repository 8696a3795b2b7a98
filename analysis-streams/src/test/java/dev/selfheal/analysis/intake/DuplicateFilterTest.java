package dev.selfheal.analysis.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values are ids. */
class DuplicateFilterTest {

    private static final String STORE = "seen";
    private static final Identity<String> IDENTITY = new Identity<>(id -> "group", id -> id);

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> in;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray()));
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .processValues(() -> new DuplicateFilter<>(STORE, Duration.ofMinutes(10), 1_000, IDENTITY), STORE)
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        driver = new TopologyTestDriver(builder.build(), new Properties());
        in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldLetAnIdThroughOnce() {
        send("a", new RecordHeaders());
        send("a", new RecordHeaders());

        assertThat(passed()).containsExactly("a");
    }

    /** It was remembered before a later step failed on it. */
    @Test
    void shouldLetADeadLetterThroughAlthoughItsIdWasSeen() {
        send("a", new RecordHeaders());
        send("a", letter("errors", 7));

        assertThat(passed()).containsExactly("a", "a");
    }

    @Test
    void shouldLetEachLetterThroughOnce() {
        send("a", new RecordHeaders());
        send("a", letter("errors", 7));
        send("a", letter("errors", 7));
        assertThat(passed()).hasSize(2);

        send("a", letter("errors", 9));
        assertThat(passed()).as("it failed once more, and is sent once more").hasSize(1);
    }

    /** Its bytes could not be read the first time, so the id is new; the producer may still send it again. */
    @Test
    void shouldRememberTheIdOfALetterThatWasNeverSeen() {
        send("a", letter("errors", 7));
        send("a", new RecordHeaders());

        assertThat(passed()).containsExactly("a");
    }

    private void send(String id, Headers headers) {
        in.pipeInput(new TestRecord<>("group", id, headers));
    }

    private List<String> passed() {
        return driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer())
                .readValuesToList();
    }

    private static Headers letter(String topic, long offset) {
        return new RecordHeaders()
                .add("__streams.errors.topic", bytes(topic))
                .add("__streams.errors.partition", bytes("0"))
                .add("__streams.errors.offset", bytes(Long.toString(offset)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
