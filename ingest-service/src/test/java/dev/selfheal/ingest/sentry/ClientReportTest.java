package dev.selfheal.ingest.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientReportTest {

    private final ClientReport.Parser parser = new ClientReport.Parser(Limits.DEFAULT);

    @Test
    void shouldCountLostErrorsByReasonAndLeaveOtherDataOut() throws InvalidEventException {
        assertThat(parse("""
                {"timestamp":"2026-11-22T10:15:30Z","discarded_events":[
                 {"reason":"ratelimit_backoff","category":"error","quantity":3},
                 {"reason":"ratelimit_backoff","category":"error","quantity":2},
                 {"reason":"ratelimit_backoff","category":"transaction","quantity":9},
                 {"reason":"made-up","category":"error","quantity":1},
                 {"reason":"network_error","category":"error","quantity":-4}]}
                """)).isEqualTo(Map.of("ratelimit_backoff", 5L, "other", 1L));
    }

    @Test
    void shouldBoundWhatOneReportCanClaim() throws InvalidEventException {
        assertThat(parse(
                        "{\"discarded_events\":[{\"reason\":\"x\",\"category\":\"error\",\"quantity\":9000000000000000000},"
                                + "{\"reason\":\"x\",\"category\":\"error\",\"quantity\":9000000000000000000}]}"))
                .isEqualTo(Map.of("other", 1_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"discarded_events\":{}}", "{\"discarded_events\":[{\"quantity\":1}]}"})
    void shouldRefuseAMalformedReport(String report) {
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> parse(report));
    }

    private Map<String, Long> parse(String report) throws InvalidEventException {
        byte[] utf8 = report.getBytes(UTF_8);
        return parser.parse(utf8, 0, utf8.length).lostErrors();
    }
}
