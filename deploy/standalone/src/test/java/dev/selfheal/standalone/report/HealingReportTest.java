package dev.selfheal.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.standalone.loop.CaseHistory;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.loop.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealingReportTest {

    @TempDir
    private Path temp;

    private final CaseHistory history = new CaseHistory();

    @Test
    void shouldHoldEveryPromisedFieldWhenApproved() throws Exception {
        history.errorSeen("t", Records.error("cart"));
        history.verdictSeen("t", Records.verdict("cart", VerdictKind.APPROVED));
        history.caseSeen("t", Records.inState("cart", CaseState.APPROVED, "r"));
        JsonNode report = write(HealingOutcome.APPROVED);
        assertThat(report.at("/verdict").asText()).isEqualTo("APPROVED");
        assertThat(report.at("/diff").asText()).startsWith("--- a/A.java\n");
        assertThat(report.at("/origin").asText()).isEqualTo("template");
        assertThat(report.at("/originName").asText()).isEqualTo("null-guard");
        assertThat(report.at("/checks/0/name").asText()).isEqualTo("compiles");
        assertThat(report.at("/checks/0/ms").asLong()).isEqualTo(120);
        assertThat(report.at("/evidence/failedBefore").asBoolean()).isTrue();
        assertThat(report.at("/refuted/0/check").asText()).isEqualTo("reproduction");
        assertThat(report.at("/timings/verdict").asLong()).isEqualTo(1500);
        assertThat(report.at("/attestation/payloadType").asText()).isEqualTo("application/vnd.in-toto+json");
    }

    @Test
    void shouldGiveTheCasesReasonWhenNothingWasFound() throws Exception {
        history.caseSeen("t", Records.inState("cart", CaseState.EXHAUSTED, "no template fits"));
        JsonNode report = write(HealingOutcome.EXHAUSTED);
        assertThat(report.at("/reason").asText()).isEqualTo("no template fits");
        assertThat(report.at("/diff").asText()).isEmpty();
        assertThat(report.at("/attestation").isNull()).isTrue();
        assertThat(report.at("/evidence").isNull()).isTrue();
    }

    @Test
    void shouldSayThatTheTimeIsOver() throws Exception {
        assertThat(write(HealingOutcome.TIMED_OUT).at("/reason").asText()).contains("within the time");
    }

    private JsonNode write(HealingOutcome outcome) throws IOException {
        Path file = temp.resolve("out.json");
        HealingReport.write(file, outcome, history, Map.of("verdict", Duration.ofMillis(1500)), "cart");
        return new ObjectMapper().readTree(Files.readAllBytes(file));
    }
}
