package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.attestation.AttestationSigner;
import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.standalone.loop.Records;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VerifyCommandTest {

    private static final String DIFF = "--- a/A.java\n+++ b/A.java\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    private final Ed25519Key key = Ed25519Key.generate();
    private final StringWriter errors = new StringWriter();
    private Path envelope;

    @BeforeEach
    void sign() throws Exception {
        Finding finding = new Finding("SH-RISK-FILE", FindingLevel.WARNING, "reads", "A.java", 3, 73, "ab");
        PatchVerdict verdict = PatchVerdict.newBuilder(Records.verdict("cart", VerdictKind.NEEDS_REVIEW))
                .setDiff(DIFF)
                .setDiffSha256(PatchDigest.sha256(DIFF))
                .setTree("22")
                .setChecks(List.of(new CheckResult("risk", CheckOutcome.PASSED, 1L, "", List.of(finding))))
                .setEvidence(Evidence.newBuilder().build())
                .build();
        AttestationSigner signer = new AttestationSigner(key, Duration.ofDays(1), Clock.systemUTC());
        envelope = Files.writeString(temp.resolve("envelope.json"), signer.attest(verdict));
        Files.writeString(temp.resolve("key.pem"), key.publicKeyPem());
    }

    @Test
    void shouldWriteTheSignedFindingsAsSarif() throws Exception {
        Path sarif = temp.resolve("a.sarif");
        assertThat(verify("--sarif", sarif.toString())).isEqualTo(ExitCode.NEEDS_REVIEW);
        JsonNode result = JSON.readTree(sarif.toFile()).at("/runs/0/results/0");
        assertThat(result.path("ruleId").asText()).isEqualTo("SH-RISK-FILE");
        assertThat(result.at("/taxa/0/id").asText()).isEqualTo("73");
    }

    @Test
    void shouldWriteNothingOfWhatIsNotSignedByThePinnedKey() throws Exception {
        Files.writeString(temp.resolve("key.pem"), Ed25519Key.generate().publicKeyPem());
        Path sarif = temp.resolve("a.sarif");
        assertThat(verify("--sarif", sarif.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("UNKNOWN_KEY");
        assertThat(sarif).doesNotExist();
    }

    @Test
    void shouldWriteThePayloadAsItWasSigned() throws Exception {
        Path payload = temp.resolve("payload.json");
        assertThat(verify("--payload", payload.toString())).isEqualTo(ExitCode.NEEDS_REVIEW);
        String signed = JSON.readTree(envelope.toFile()).path("payload").asText();
        assertThat(Base64.getEncoder().encodeToString(Files.readAllBytes(payload)))
                .isEqualTo(signed);
        assertThat(JSON.readTree(payload.toFile()).at("/predicate/verdict").asText())
                .isEqualTo("NEEDS_REVIEW");
    }

    @Test
    void shouldTakeAResultThatRepeatsWhatIsSigned() throws Exception {
        writeResult(result());

        assertThat(verify()).as(errors.toString()).isEqualTo(ExitCode.NEEDS_REVIEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/service",
                "/case",
                "/confidence",
                "/evidence/isolation",
                "/evidence/testsRun",
                "/checks/0/summary",
                "/checks/0/findings/0/level"
            })
    void shouldRefuseAResultThatSaysSomethingElseThanIsSigned(String field) throws Exception {
        ObjectNode tampered = result();
        int last = field.lastIndexOf('/');
        ((ObjectNode) tampered.at(field.substring(0, last))).put(field.substring(last + 1), "EVIL");
        writeResult(tampered);

        assertThat(verify()).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("CONTENT_MISMATCH").contains("EVIL");
    }

    @Test
    void shouldRefuseAResultWithAFindingLess() throws Exception {
        ObjectNode tampered = result();
        ((ArrayNode) tampered.at("/checks/0/findings")).removeAll();
        writeResult(tampered);

        assertThat(verify()).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("CONTENT_MISMATCH");
    }

    private ObjectNode result() throws Exception {
        JsonNode attestation = JSON.readTree(envelope.toFile());
        JsonNode predicate = JSON.readTree(
                        Base64.getDecoder().decode(attestation.path("payload").asText()))
                .path("predicate");
        ObjectNode result = JSON.createObjectNode()
                .put("verdict", "NEEDS_REVIEW")
                .put("diff", DIFF)
                .put("attempts", 1);
        result.set("baseCommit", predicate.path("baseCommit"));
        result.set("service", predicate.path("service"));
        result.set("case", predicate.path("caseId"));
        result.set("confidence", predicate.path("confidence"));
        result.putObject("evidence")
                .put("testsRun", 0)
                .putNull("reproduction")
                .set("isolation", predicate.path("isolation"));
        result.putArray("checks")
                .addObject()
                .put("name", "risk")
                .put("outcome", "PASSED")
                .put("ms", 1)
                .put("summary", "")
                .putArray("findings")
                .addObject()
                .put("rule", "SH-RISK-FILE")
                .put("level", "warning")
                .put("message", "reads")
                .put("path", "A.java")
                .put("line", 3);
        result.set("attestation", attestation);
        return result;
    }

    private void writeResult(ObjectNode result) throws Exception {
        Files.writeString(envelope, result.toString());
    }

    @Test
    void shouldTellEvidenceInLinesAndLeaveOutWhatAnOlderStatementLacks() throws Exception {
        JsonNode old = JSON.readTree(
                "{\"isolation\":\"UNSHARE\",\"evidence\":{\"reproduction\":\"a.B#c\",\"failedBefore\":true,"
                        + "\"passedAfter\":true,\"testsRun\":3,\"newFailures\":0,\"knownFailures\":1,\"jvm\":\"17\"}}");
        assertThat(EvidenceView.lines(old))
                .containsExactly(
                        "a.B#c fails before, passes after",
                        "3 run, 0 newly fail, 1 known",
                        "isolation UNSHARE, JVM 17");
        JsonNode full = JSON.readTree("{\"isolation\":\"UNSHARE\",\"evidence\":{\"testsBefore\":4,\"testsPassing\":2,"
                + "\"testsRun\":3,\"mutants\":6,\"mutantsKilled\":5,\"newEffects\":[\"file /a\"],\"slowdown\":1.5,"
                + "\"allocation\":2,\"quality\":9.5,\"flaky\":[{\"test\":\"t\",\"passed\":3,\"failed\":2}]}}");
        assertThat(EvidenceView.lines(full))
                .contains(
                        "no test shows the error",
                        "4 tests before, 3 run, 2 pass on both, 0 newly fail, 0 known",
                        "5 of 6 mutants of the patched lines noticed",
                        "newly reaches for file /a",
                        "flaky on the base, not counted: t (3 passed, 2 failed)",
                        "time 1.50, allocation 2.00 times the base's",
                        "quality 9.5 of 10");
    }

    private int verify(String... more) {
        CommandLine command = SelfhealMain.commandLine();
        command.setErr(new PrintWriter(errors, true));
        List<String> arguments = new ArrayList<>(List.of(
                "verify", envelope.toString(), "--key", temp.resolve("key.pem").toString()));
        arguments.addAll(List.of(more));
        return command.execute(arguments.toArray(String[]::new));
    }
}
