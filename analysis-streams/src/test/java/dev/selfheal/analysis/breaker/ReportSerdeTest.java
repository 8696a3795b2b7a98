package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSerdeTest {

    private final ReportSerde serde = new ReportSerde();

    @Test
    void shouldReadWhatItWrote() {
        for (Outcome outcome : Outcome.values()) {
            Report report = new Report(outcome, START, 7);
            byte[] bytes = serde.serializer().serialize("t", report);
            assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FAILED", "FAILED|1", "BROKEN|1|2", "FAILED|x|2", "FAILED|1|2|3"})
    void shouldRefuseWhatIsNoReport(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("t", bytes))
                .withMessageContaining("no report");
    }
}
