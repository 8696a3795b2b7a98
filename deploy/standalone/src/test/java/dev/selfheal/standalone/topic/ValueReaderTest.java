package dev.selfheal.standalone.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.serde.RegistryUnavailableException;
import dev.selfheal.standalone.topic.ValueReader.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is on a topic ends the reading of it. */
class ValueReaderTest {

    private static final byte[] SCHEMA_7 = {0, 0, 0, 0, 7, 1};
    private static final byte[] SCHEMA_8 = {0, 0, 0, 0, 8, 1};

    @Test
    void shouldShowRecordsWithTheirFieldsAndTimes() {
        ReviewDecision decision = ReviewDecision.newBuilder()
                .setCaseId("case-1")
                .setGroup("g")
                .setDecision(dev.selfheal.event.Decision.APPROVE)
                .setReviewer("ada")
                .setDecidedAt(Instant.parse("2026-11-22T10:00:00Z"))
                .build();

        Value value = new ValueReader("t", Optional.of((topic, bytes) -> decision)).read(SCHEMA_7);

        assertThat(value).isInstanceOfSatisfying(Value.Read.class, read -> {
            assertThat(read.json().path("decision").asText()).isEqualTo("APPROVE");
            assertThat(read.json().path("decidedAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        });
    }

    @Test
    void shouldShowATombstoneAsNull() {
        assertThat(json().read(null)).isEqualTo(new Value.Read(NullNode.getInstance()));
    }

    @Test
    void shouldCallBadWhatMakesNoRecord() {
        ValueReader reader = failing(new SerializationException("does not fit"));

        assertThat(reader.read(SCHEMA_7)).isEqualTo(new Value.Bad(ErrorCode.MALFORMED_RECORD, "does not fit"));
        assertThat(reader.registryWasAway()).isFalse();
    }

    @Test
    void shouldOutliveADeserializerThatFailsInItsOwnWay() {
        assertThat(failing(new ArrayIndexOutOfBoundsException("3")).read(new byte[0]))
                .isEqualTo(new Value.Bad(ErrorCode.MALFORMED_RECORD, "3"));
    }

    @Test
    void shouldAskARegistryThatIsAwayOnceForEachSchema() {
        AtomicInteger asked = new AtomicInteger();
        Deserializer<ErrorEvent> away = (topic, bytes) -> {
            asked.incrementAndGet();
            throw new RegistryUnavailableException("away");
        };
        ValueReader reader = new ValueReader("t", Optional.of(away));

        for (int i = 0; i < 3; i++) {
            assertThat(reader.read(SCHEMA_7))
                    .isInstanceOfSatisfying(
                            Value.Bad.class, bad -> assertThat(bad.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE));
        }
        assertThat(asked).hasValue(1);
        reader.read(SCHEMA_8);
        assertThat(asked).hasValue(2);
        assertThat(reader.registryWasAway()).isTrue();
    }

    @Test
    void shouldShowJsonAsItIs() {
        assertThat(json().read("{\"service\":\"cart\"}".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Value.Read.class,
                        read -> assertThat(read.json().path("service").asText()).isEqualTo("cart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "hunter2"})
    void shouldCallBadWhatIsNoJson(String text) {
        assertThat(json().read(text.getBytes(UTF_8))).isInstanceOf(Value.Bad.class);
    }

    @Test
    void shouldCallBadWhatIsNoUtf8() {
        assertThat(json().read(new byte[] {'"', (byte) 0xff, '"'})).isInstanceOf(Value.Bad.class);
    }

    private static ValueReader json() {
        return new ValueReader("t", Optional.empty());
    }

    private static ValueReader failing(RuntimeException failure) {
        Deserializer<ErrorEvent> failing = (topic, bytes) -> {
            throw failure;
        };
        return new ValueReader("t", Optional.of(failing));
    }
}
