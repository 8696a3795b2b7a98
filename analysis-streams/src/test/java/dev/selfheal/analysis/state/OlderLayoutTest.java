package dev.selfheal.analysis.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.analysis.alert.FailureWatchSerde;
import dev.selfheal.analysis.archive.CaseStepSerde;
import dev.selfheal.analysis.confidence.CaseOutcomeSerde;
import dev.selfheal.analysis.kpi.KpisSerde;
import dev.selfheal.analysis.service.GroupWindowSerde;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layout 1 had lengths of two bytes where there is one now: what it left would be read as something else. */
class OlderLayoutTest {

    static Stream<BinarySerde<?>> serdes() {
        return Stream.of(
                new FailureWatchSerde(),
                new CaseStepSerde(),
                new CaseOutcomeSerde(),
                new KpisSerde(),
                new GroupWindowSerde());
    }

    @ParameterizedTest
    @MethodSource("serdes")
    void shouldRefuseTheLayoutWithLengthsOfTwoBytes(BinarySerde<?> serde) {
        byte[] layout1 = new byte[256];
        layout1[0] = 1;

        assertThatThrownBy(() -> serde.deserializer().deserialize("t", layout1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("has version 1");
    }
}
