package dev.selfheal.analysis.intake;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.analysis.Samples;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorHead;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.serde.SelfhealAvroDeserializer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingErrorsTest {

    private static final String TOPIC = "error-events";

    @TempDir
    private Path folder;

    private LocalRegistry registry;
    private KafkaClients clients;
    private IncomingErrors errors;
    private ErrorEvent event;
    private byte[] bytes;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), folder.resolve("schemas"));
        clients = clients(Map.of());
        errors = new IncomingErrors(clients);
        event = Samples.reproducible("e1", START.minusSeconds(9))
                .setRelease("2.4.1")
                .setReceivedAt(START)
                .build();
        bytes = clients.<ErrorEvent>valueSerializer().serialize(TOPIC, event);
    }

    @AfterEach
    void stop() {
        errors.close();
        registry.close();
    }

    @Test
    void shouldReadWhatAnErrorIsCountedBy() {
        ErrorHead head = errors.deserialize(TOPIC, bytes).head();

        assertThat(head).isEqualTo(IncomingError.of(event).head());
        assertThat(head.getRelease()).contains("2.4.1");
        assertThat(head.getReproduction()).isEqualTo(event.getReproduction()).isPresent();
    }

    @Test
    void shouldReadTheWholeOnDemandAndOnce() {
        IncomingError error = errors.deserialize(TOPIC, bytes);

        assertThat(error.event()).isEqualTo(event).isSameAs(error.event());
    }

    @Test
    void shouldRefuseAtOnceBytesThatEndTooSoon() {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> errors.deserialize(TOPIC, cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void shouldRefuseAtOnceBytesBeyondTheRecord() {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> errors.deserialize(TOPIC, longer)).isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldRefuseAnotherRecord() {
        byte[] policy =
                clients.valueSerializer().serialize("policies", Samples.policy().build());

        assertThatThrownBy(() -> errors.deserialize(TOPIC, policy))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("HealingPolicy");
    }

    @Test
    void shouldPassTombstones() {
        assertThat(errors.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadTheWholeAtOnceWithADeserializerThatKnowsNoHeads() {
        IncomingErrors whole =
                new IncomingErrors(clients(Map.of(AnalysisConfig.VALUE_DESERIALIZER, WholeRecords.class.getName())));

        IncomingError error = whole.deserialize(TOPIC, bytes);

        assertThat(error.event()).isEqualTo(event);
        assertThat(error.head()).isEqualTo(errors.deserialize(TOPIC, bytes).head());
        whole.close();
    }

    private KafkaClients clients(Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>();
        values.put(AnalysisConfig.SCHEMA_REGISTRY_URL, registry.url());
        values.putAll(overrides);
        return new KafkaClients(new AnalysisConfig(values));
    }

    /** Gives the class that the writer's schema names, as the registry vendor's deserializer does. */
    public static final class WholeRecords implements Deserializer<SpecificRecord> {

        private final Deserializer<SpecificRecord> records = new SelfhealAvroDeserializer<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            records.configure(configs, isKey);
        }

        @Override
        public SpecificRecord deserialize(String topic, byte[] data) {
            return records.deserialize(topic, data);
        }
    }
}
