package dev.selfheal.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.PatchOrigin;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {

    private static final String TOPIC = "feedback";
    private static final Feedback FEEDBACK = new Feedback(2, "compiles", "é");
    /**
     * By hand, from the Avro 1.12 specification: magic 0, schema id 258 big-endian; attempt 2 zig-zag 04; "compiles" of 8
     * bytes, length zig-zag 10; "é" of 2 bytes, length zig-zag 04.
     */
    private static final byte[] FEEDBACK_BYTES =
            HexFormat.of().parseHex("00" + "00000102" + "04" + "10" + "636f6d70696c6573" + "04" + "c3a9");

    private ScriptedRegistry registry;

    @BeforeEach
    void startRegistry() throws IOException {
        registry = new ScriptedRegistry();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void shouldWriteKnownBytes() {
        registry.answers(200, "{\"id\":258}");
        assertThat(feedbackSerde().serializer().serialize(TOPIC, FEEDBACK)).isEqualTo(FEEDBACK_BYTES);
    }

    @Test
    void shouldReadKnownBytes() {
        registry.answers(200, schemaAnswer(Feedback.getClassSchema()));
        assertThat(feedbackSerde().deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isEqualTo(FEEDBACK);
    }

    @Test
    void shouldKeepInstantsWhenWrittenAndReadAgain() {
        registry.answers(200, "{\"id\":1}").answers(200, schemaAnswer(Alert.getClassSchema()));
        Serde<Alert> serde = AvroSerdes.of(Alert.class, Map.of("schema.registry.url", registry.url()));
        Alert alert = new Alert("a", "Test", AlertLevel.WARNING, "*", "m", Instant.parse("2026-11-22T10:00:00.123Z"));
        assertThat(serde.deserializer().deserialize("alerts", serde.serializer().serialize("alerts", alert)))
                .isEqualTo(alert);
    }

    @Test
    void shouldPassNullThrough() {
        assertThat(feedbackSerde().serializer().serialize(TOPIC, null)).isNull();
        assertThat(feedbackSerde().deserializer().deserialize(TOPIC, null)).isNull();
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void shouldRegisterTheClassSchemaUnderTheTopicsSubjectOnce() throws IOException {
        registry.answers(200, "{\"id\":1}");
        Serde<Feedback> serde = feedbackSerde();
        serde.serializer().serialize("a b", FEEDBACK);
        serde.serializer().serialize("a b", FEEDBACK);
        assertThat(registry.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.path()).isEqualTo("/subjects/a%20b-value/versions");
        });
        JsonNode body = new ObjectMapper().readTree(registry.asked().get(0).body());
        assertThat(body.get("schema").asText())
                .isEqualTo(Feedback.getClassSchema().toString());
    }

    @Test
    void shouldOnlyLookUpWhenAutoRegistrationIsOff() {
        registry.answers(200, "{\"subject\":\"feedback-value\",\"version\":1,\"id\":7}");
        Serde<Feedback> serde = AvroSerdes.of(
                Feedback.class, Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "false"));
        assertThat(serde.serializer().serialize(TOPIC, FEEDBACK)).startsWith(0, 0, 0, 0, 7);
        assertThat(registry.asked().get(0).path()).isEqualTo("/subjects/feedback-value");
    }

    @Test
    void shouldSayWhatToDoWhenTheSchemaIsNotRegistered() {
        registry.answers(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
        Serde<Feedback> serde = AvroSerdes.of(
                Feedback.class, Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "false"));
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, FEEDBACK))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("feedback-value")
                .hasMessageContaining("auto.register.schemas=true");
    }

    @Test
    void shouldNameSubjectAndReasonWhenTheRegistryRefusesTheSchema() {
        registry.answers(409, "{\"error_code\":409,\"message\":\"reader field x missing\"}");
        assertThatThrownBy(() -> feedbackSerde().serializer().serialize(TOPIC, FEEDBACK))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("feedback-value")
                .hasMessageContaining("reader field x missing");
    }

    @Test
    void shouldSendBasicAuthentication() {
        registry.answers(200, "{\"id\":1}");
        Serde<Feedback> serde = AvroSerdes.of(
                Feedback.class,
                Map.of(
                        "schema.registry.url", registry.url(),
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "me:secret"));
        serde.serializer().serialize(TOPIC, FEEDBACK);
        assertThat(registry.asked().get(0).authorization()).isEqualTo("Basic bWU6c2VjcmV0");
    }

    @Test
    void shouldAskTheNextUrlWhenOneIsAway() {
        registry.answers(200, "{\"id\":1}");
        Serde<Feedback> serde = AvroSerdes.of(
                Feedback.class, Map.of("schema.registry.url", "http://127.0.0.1:1," + registry.url() + "/"));
        assertThat(serde.serializer().serialize(TOPIC, FEEDBACK)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void shouldTryAgainWhenTheAnswerIsTransient(int status) {
        registry.answers(status, "{}").answers(200, "{\"id\":1}");
        assertThat(feedbackSerde().serializer().serialize(TOPIC, FEEDBACK)).isNotEmpty();
        assertThat(registry.asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "500,{}",
        "401,{}",
        "403,{}",
        "404,<html>no such page</html>",
        "404,{}",
        "200,<html>login</html>",
        "200,{}"
    })
    void shouldNotCallTheRecordPoisonWhenTheRegistryCannotBeAsked(int status, String body) {
        for (int i = 0; i < 3; i++) {
            registry.answers(status, body);
        }
        assertThatThrownBy(() -> feedbackSerde().deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldNotCallTheRecordPoisonWhenNobodyListens() {
        Serde<Feedback> serde = AvroSerdes.of(Feedback.class, Map.of("schema.registry.url", "http://127.0.0.1:1"));
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void shouldReadTheRecordAfterAnOutage() {
        registry.answers(503, "{}").answers(503, "{}").answers(503, "{}");
        Serde<Feedback> serde = feedbackSerde();
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(RegistryUnavailableException.class);
        registry.answers(200, schemaAnswer(Feedback.getClassSchema()));
        assertThat(serde.deserializer().deserialize(TOPIC, FEEDBACK_BYTES)).isEqualTo(FEEDBACK);
    }

    @Test
    void shouldCallAnUnknownSchemaIdPoison() {
        registry.answers(404, "{\"error_code\":40403,\"message\":\"Schema 258 not found\"}");
        assertThatThrownBy(() -> feedbackSerde().deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("258");
    }

    @Test
    void shouldCallAForeignSchemaTypePoison() {
        registry.answers(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = 3\"}");
        assertThatThrownBy(() -> feedbackSerde().deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("PROTOBUF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000001", "0100000102041063", "7b2261223a317d"})
    void shouldCallBytesPoisonWhenTheyHaveNoFrame(String hex) {
        assertThatThrownBy(() -> feedbackSerde()
                        .deserializer()
                        .deserialize(TOPIC, HexFormat.of().parseHex(hex)))
                .isInstanceOf(SerializationException.class);
        assertThat(registry.asked()).isEmpty();
    }

    /** Truncated; trailing bytes; negative length; strings of 1 GB and 2 GB that are not there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000010204106363",
                "000000010204020002000000",
                "00000001020401",
                "000000010204feffffff0741",
                "000000010204feffffff0f41"
            })
    void shouldCallBytesPoisonWhenTheyDoNotFitTheSchema(String hex) {
        registry.answers(200, schemaAnswer(Feedback.getClassSchema()));
        assertThatThrownBy(() -> feedbackSerde()
                        .deserializer()
                        .deserialize(TOPIC, HexFormat.of().parseHex(hex)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("schema 258");
    }

    @Test
    void shouldCallARecordOfAnotherTypePoison() {
        registry.answers(200, schemaAnswer(PatchOrigin.getClassSchema()));
        assertThatThrownBy(() -> feedbackSerde().deserializer().deserialize(TOPIC, FEEDBACK_BYTES))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("PatchOrigin")
                .hasMessageContaining("Feedback");
    }

    @Test
    void shouldReadARecordOfANewerProducer() {
        Schema newer = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Feedback\",\"namespace\":\"dev.selfheal.event\",\"fields\":["
                        + "{\"name\":\"added\",\"type\":\"string\",\"default\":\"\"},"
                        + "{\"name\":\"attempt\",\"type\":\"int\"},{\"name\":\"check\",\"type\":\"string\"},"
                        + "{\"name\":\"message\",\"type\":\"string\"}]}");
        registry.answers(200, schemaAnswer(newer));
        byte[] bytes = HexFormat.of().parseHex("00" + "00000102" + "0278" + "04" + "10636f6d70696c6573" + "04c3a9");
        assertThat(feedbackSerde().deserializer().deserialize(TOPIC, bytes)).isEqualTo(FEEDBACK);
    }

    @Test
    void shouldReadWhateverRecordTheWriterNamesWhenNoTypeIsGiven() {
        registry.answers(200, schemaAnswer(Feedback.getClassSchema()));
        try (SelfhealAvroDeserializer<Feedback> deserializer = new SelfhealAvroDeserializer<>()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);
            assertThat(deserializer.deserialize(TOPIC, FEEDBACK_BYTES)).isEqualTo(FEEDBACK);
        }
    }

    @Test
    void shouldNotMixRecordsWhenBuffersAreReused() {
        registry.answers(200, "{\"id\":258}");
        Serde<Feedback> serde = feedbackSerde();
        serde.serializer().serialize(TOPIC, new Feedback(1, "c", "x".repeat(2 << 20)));
        byte[] first = serde.serializer().serialize(TOPIC, FEEDBACK);
        byte[] copy = Arrays.copyOf(first, first.length);
        serde.serializer().serialize(TOPIC, new Feedback(9, "other", "other"));
        assertThat(first).isEqualTo(copy).isEqualTo(FEEDBACK_BYTES);
    }

    @Test
    void shouldRefuseConfigurationWithoutAUsableRegistry() {
        assertThatThrownBy(() -> AvroSerdes.of(Feedback.class, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> AvroSerdes.of(Feedback.class, Map.of("schema.registry.url", "localhost:8081")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http");
        assertThatThrownBy(() -> AvroSerdes.of(
                        Feedback.class,
                        Map.of("schema.registry.url", "http://r", "basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info");
    }

    private Serde<Feedback> feedbackSerde() {
        return AvroSerdes.of(Feedback.class, Map.of("schema.registry.url", registry.url()));
    }

    private static String schemaAnswer(Schema schema) {
        return new ObjectMapper()
                .createObjectNode()
                .put("schema", schema.toString())
                .toString();
    }
}
