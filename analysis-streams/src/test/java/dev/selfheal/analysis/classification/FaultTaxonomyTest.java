package dev.selfheal.analysis.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FaultClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTaxonomyTest {

    private final FaultTaxonomy taxonomy = new FaultTaxonomy();

    private FaultClass classOf(ErrorEvent event) {
        return taxonomy.classify(event).getFaultClass();
    }

    @ParameterizedTest
    @CsvSource({
        "java.net.ConnectException, INFRASTRUCTURE",
        "java.net.SocketTimeoutException, INFRASTRUCTURE",
        "java.net.UnknownHostException, INFRASTRUCTURE",
        "java.sql.SQLTransientConnectionException, INFRASTRUCTURE",
        "java.lang.OutOfMemoryError, RESOURCE_EXHAUSTION",
        "java.nio.file.AccessDeniedException, SECURITY",
        "java.net.BindException, CONFIGURATION"
    })
    void shouldNameWhatNoPatchMends(String type, FaultClass expected) {
        assertThat(classOf(error("java.lang.RuntimeException", type))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.NullPointerException",
                "java.lang.StackOverflowError",
                "java.lang.NoClassDefFoundError",
                "org.example.CustomException"
            })
    void shouldTryWhatMayBeAFaultInTheCode(String type) {
        assertThat(classOf(error(type))).isEqualTo(FaultClass.UNKNOWN);
    }

    @Test
    void shouldJudgeByTheRootCause() {
        assertThat(classOf(error("java.net.ConnectException", "java.lang.NullPointerException")))
                .isEqualTo(FaultClass.UNKNOWN);
    }

    @Test
    void shouldKnowAFullDiskByItsMessage() {
        ExceptionInfo full = ExceptionInfo.newBuilder()
                .setType("java.io.IOException")
                .setMessage("/var/log/x: No space left on device")
                .build();
        assertThat(classOf(Samples.error("e", Samples.START)
                        .setExceptions(List.of(full))
                        .build()))
                .isEqualTo(FaultClass.RESOURCE_EXHAUSTION);
    }

    @Test
    void shouldTryAnErrorWithoutExceptions() {
        assertThat(classOf(Samples.error("e", Samples.START)
                        .setExceptions(List.of())
                        .build()))
                .isEqualTo(FaultClass.UNKNOWN);
    }

    private static ErrorEvent error(String... types) {
        return Samples.error("e", Samples.START)
                .setExceptions(List.of(types).stream().map(Samples::exception).toList())
                .build();
    }
}
