package dev.selfheal.analysis.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.healing.FaultTaxonomy.Origin;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTaxonomyTest {

    private final FaultTaxonomy taxonomy = new FaultTaxonomy();

    @ParameterizedTest
    @CsvSource({
        "java.net.ConnectException, INFRASTRUCTURE",
        "java.net.SocketTimeoutException, INFRASTRUCTURE",
        "java.net.UnknownHostException, INFRASTRUCTURE",
        "java.sql.SQLTransientConnectionException, INFRASTRUCTURE",
        "java.lang.OutOfMemoryError, RESOURCES",
        "java.nio.file.AccessDeniedException, ACCESS",
        "java.net.BindException, CONFIGURATION"
    })
    void shouldNameWhatNoPatchMends(String type, Origin origin) {
        assertThat(taxonomy.outsideTheCode(error("java.lang.RuntimeException", type)))
                .contains(origin);
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
        assertThat(taxonomy.outsideTheCode(error(type))).isEmpty();
    }

    @Test
    void shouldJudgeByTheRootCause() {
        assertThat(taxonomy.outsideTheCode(error("java.net.ConnectException", "java.lang.NullPointerException")))
                .isEmpty();
    }

    @Test
    void shouldKnowAFullDiskByItsMessage() {
        ExceptionInfo full = ExceptionInfo.newBuilder()
                .setType("java.io.IOException")
                .setMessage("/var/log/x: No space left on device")
                .build();
        assertThat(taxonomy.outsideTheCode(Samples.error("e", Samples.START)
                        .setExceptions(List.of(full))
                        .build()))
                .contains(Origin.RESOURCES);
    }

    @Test
    void shouldTryAnErrorWithoutExceptions() {
        assertThat(taxonomy.outsideTheCode(Samples.error("e", Samples.START)
                        .setExceptions(List.of())
                        .build()))
                .isEmpty();
    }

    private static ErrorEvent error(String... types) {
        return Samples.error("e", Samples.START)
                .setExceptions(List.of(types).stream().map(Samples::exception).toList())
                .build();
    }
}
