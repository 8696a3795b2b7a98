package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class RecordKeyTest {

    @Test
    void shouldAcceptKeyThatTheValueAsksFor() {
        assertThatCode(() -> RecordKey.require("shop", "shop")).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherKey() {
        assertThatThrownBy(() -> RecordKey.require("k", "shop"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("its key is 'k', but its value asks for 'shop'");
    }

    @Test
    void shouldRefuseMissingKey() {
        assertThatThrownBy(() -> RecordKey.require(null, "shop"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("its key is missing, but its value asks for 'shop'");
    }

    @Test
    void shouldShowNoMoreThanTheBeginningOfALongKey() {
        assertThatThrownBy(() -> RecordKey.require("k".repeat(5_000), "shop"))
                .hasMessageStartingWith("its key is 'kkk")
                .hasMessageEndingWith("k…', but its value asks for 'shop'");
    }
}
