package dev.selfheal.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.attestation.Verification.Invalid;
import dev.selfheal.attestation.Verification.Reason;
import dev.selfheal.attestation.Verification.Valid;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.FlakyTest;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.VerdictKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationTest {

    private static final Ed25519Key KEY = Ed25519Key.generate();
    private static final Ed25519Key OTHER_KEY = Ed25519Key.generate();
    private static final Duration VALIDITY = Duration.ofDays(7);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AttestationSigner signer = new AttestationSigner(KEY, VALIDITY, at(Verdicts.NOW));
    private final PatchVerdict verdict = Verdicts.signed(Verdicts.approved(), signer);

    @Test
    void shouldVerifyWhatItSigned() {
        Verification result = verifierAt(Verdicts.NOW).verify(verdict);
        assertThat(result).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.keyId()).isEqualTo(KEY.keyId());
            assertThat(valid.statement().verdict()).isEqualTo("APPROVED");
            assertThat(valid.statement().gitTree()).isEqualTo(Verdicts.TREE);
            assertThat(valid.statement().expiresAt()).isEqualTo(Verdicts.NOW.plus(VALIDITY));
        });
    }

    @Test
    void shouldSayInThePredicateWhatTheVerdictRestsOn() {
        JsonNode predicate = statement(verdict).get("predicate");
        assertThat(predicate.at("/checks/0/outcome").asText()).isEqualTo("PASSED");
        assertThat(predicate.at("/evidence/failedBefore").asBoolean()).isTrue();
        assertThat(predicate.at("/origin/name").asText()).isEqualTo("null-guard");
        assertThat(predicate.at("/isolation").asText()).isEqualTo("BUBBLEWRAP");
    }

    @Test
    void shouldSignEveryMeasurementAndFinding() {
        Finding finding = new Finding("SH-RISK-FILE", FindingLevel.WARNING, "reads", "X.java", 3, 73, "ab");
        PatchVerdict.Builder measured = Verdicts.approved()
                .setChecks(List.of(new CheckResult("risk", CheckOutcome.PASSED, 2L, "1", List.of(finding))))
                .setEvidence(Evidence.newBuilder()
                        .setFlaky(List.of(new FlakyTest("t.X#f", 3, 2)))
                        .setMutants(6)
                        .setMutantsKilled(5)
                        .setCallsCompared(200)
                        .setNewEffects(List.of("file /tmp/x"))
                        .setSlowdown(1.5)
                        .setQuality(9.5)
                        .setTestsBefore(4)
                        .setTestsRun(3)
                        .setTestsPassing(2)
                        .build());
        JsonNode predicate = statement(Verdicts.signed(measured, signer)).get("predicate");
        JsonNode evidence = predicate.get("evidence");
        assertThat(evidence.at("/flaky/0/failed").asInt()).isEqualTo(2);
        assertThat(evidence.at("/mutants").asInt()).isEqualTo(6);
        assertThat(evidence.at("/mutantsKilled").asInt()).isEqualTo(5);
        assertThat(evidence.at("/callsCompared").asInt()).isEqualTo(200);
        assertThat(evidence.at("/newEffects/0").asText()).isEqualTo("file /tmp/x");
        assertThat(evidence.at("/slowdown").asDouble()).isEqualTo(1.5);
        assertThat(evidence.has("allocation")).isFalse();
        assertThat(evidence.at("/quality").asDouble()).isEqualTo(9.5);
        assertThat(evidence.at("/testsBefore").asInt()).isEqualTo(4);
        assertThat(evidence.at("/testsPassing").asInt()).isEqualTo(2);
        assertThat(CheckJson.read(predicate.get("checks")).get(0).getFindings()).containsExactly(finding);
        assertThat(predicate.at("/files/0").asText()).isEqualTo("X.java");
    }

    @Test
    void shouldEncodeTheSpecificationsExample() {
        assertThat(new String(
                        Dsse.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world".getBytes(UTF_8)),
                        UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void shouldHoldUntilItExpires() {
        Instant expiry = Verdicts.NOW.plus(VALIDITY);
        assertThat(verifierAt(expiry.minusMillis(1)).verify(verdict)).isInstanceOf(Valid.class);
        assertInvalid(verifierAt(expiry).verify(verdict), Reason.EXPIRED);
    }

    @Test
    void shouldRefuseAnAttestationFromTheFutureBeyondClockSkew() {
        assertThat(verifierAt(Verdicts.NOW.minusSeconds(300)).verify(verdict)).isInstanceOf(Valid.class);
        assertInvalid(verifierAt(Verdicts.NOW.minusSeconds(301)).verify(verdict), Reason.NOT_YET_VALID);
    }

    @Test
    void shouldRefuseAKeyThatIsNotPinned() {
        AttestationVerifier verifier = new AttestationVerifier(List.of(OTHER_KEY.publicKeyPem()), at(Verdicts.NOW));
        assertInvalid(verifier.verify(verdict), Reason.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseAForgerWhoNamesAPinnedKey() throws IOException {
        ObjectNode envelope = envelope(verdict);
        byte[] payload = Base64.getDecoder().decode(envelope.get("payload").asText());
        byte[] forged = OTHER_KEY.sign(Dsse.preAuthenticationEncoding(ValidationStatement.PAYLOAD_TYPE, payload));
        ((ObjectNode) envelope.at("/signatures/0"))
                .put("sig", Base64.getEncoder().encodeToString(forged));
        assertInvalid(verifierAt(Verdicts.NOW).verify(envelope.toString()), Reason.SIGNATURE);
    }

    @Test
    void shouldRefuseAPayloadThatWasChanged() throws IOException {
        ObjectNode envelope = envelope(verdict);
        String changed = statement(verdict).toString().replace("cart", "till");
        envelope.put("payload", Base64.getEncoder().encodeToString(changed.getBytes(UTF_8)));
        assertInvalid(verifierAt(Verdicts.NOW).verify(envelope.toString()), Reason.SIGNATURE);
    }

    @Test
    void shouldRefuseASignatureForAnotherPayloadType() throws IOException {
        ObjectNode envelope = envelope(verdict).put("payloadType", "text/plain");
        assertInvalid(verifierAt(Verdicts.NOW).verify(envelope.toString()), Reason.SIGNATURE);
    }

    @Test
    void shouldAcceptWhenAnySignatureIsByAPinnedKey() throws IOException {
        ObjectNode envelope = envelope(verdict);
        envelope.withArray("signatures")
                .insertObject(0)
                .put("keyid", KEY.keyId())
                .put("sig", "AAAA");
        envelope.withArray("signatures")
                .insertObject(0)
                .put("keyid", "somebody else")
                .put("sig", "AAAA");
        assertThat(verifierAt(Verdicts.NOW).verify(envelope.toString())).isInstanceOf(Valid.class);
    }

    @Test
    void shouldRefuseAnotherDiff() {
        Verification result =
                verifierAt(Verdicts.NOW).verify(verdict.getAttestation(), Verdicts.DIFF + " ", Verdicts.BASE);
        assertInvalid(result, Reason.DIGEST_MISMATCH);
    }

    @Test
    void shouldRefuseAnotherTree() {
        PatchVerdict moved =
                PatchVerdict.newBuilder(verdict).setTree("3".repeat(40)).build();
        assertInvalid(verifierAt(Verdicts.NOW).verify(moved), Reason.DIGEST_MISMATCH);
    }

    @Test
    void shouldRefuseAnotherBaseCommit() {
        Verification result = verifierAt(Verdicts.NOW).verify(verdict.getAttestation(), Verdicts.DIFF, "3".repeat(40));
        assertInvalid(result, Reason.BASE_COMMIT_MISMATCH);
    }

    @Test
    void shouldRefuseAnApprovalAroundTheAttestationOfARefusal() {
        PatchVerdict refused = Verdicts.signed(Verdicts.approved().setVerdict(VerdictKind.REJECTED), signer);
        PatchVerdict dressedUp = PatchVerdict.newBuilder(refused)
                .setVerdict(VerdictKind.APPROVED)
                .build();
        assertInvalid(verifierAt(Verdicts.NOW).verify(dressedUp), Reason.CONTENT_MISMATCH);
    }

    @Test
    void shouldRefuseAStatementOfAnotherPredicateType() {
        String other = statement(verdict)
                .toString()
                .replace(ValidationStatement.PREDICATE_TYPE, "https://slsa.dev/provenance/v1");
        assertInvalid(verifierAt(Verdicts.NOW).verify(signedStatement(other)), Reason.MALFORMED);
    }

    @Test
    void shouldRefuseAStatementWithTwoAnswersToOneQuestion() {
        String doubled = statement(verdict).toString().replace("\"verdict\":", "\"verdict\":\"REJECTED\",\"verdict\":");
        assertInvalid(verifierAt(Verdicts.NOW).verify(signedStatement(doubled)), Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "not json",
                "{\"payloadType\":\"x\",\"payload\":\"AAAA\",\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":\"%%%\",\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":7,\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":\"AAAA\",\"signatures\":[{\"keyid\":\"k\"}]}"
            })
    void shouldCallTextThatIsNoEnvelopeMalformed(String text) {
        assertInvalid(verifierAt(Verdicts.NOW).verify(text), Reason.MALFORMED);
    }

    @Test
    void shouldNotSignAVerdictWithoutAPatch() {
        assertThatThrownBy(() -> signer.attest(Verdicts.approved().setDiff("").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v-1");
    }

    private static AttestationVerifier verifierAt(Instant now) {
        return new AttestationVerifier(List.of(OTHER_KEY.publicKeyPem(), KEY.publicKeyPem()), at(now));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static String signedStatement(String json) {
        return Dsse.sign(ValidationStatement.PAYLOAD_TYPE, json.getBytes(UTF_8), KEY)
                .toJson();
    }

    private static ObjectNode envelope(PatchVerdict verdict) throws IOException {
        return (ObjectNode) JSON.readTree(verdict.getAttestation());
    }

    private static JsonNode statement(PatchVerdict verdict) {
        try {
            return JSON.readTree(
                    Base64.getDecoder().decode(envelope(verdict).get("payload").asText()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertInvalid(Verification result, Reason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Invalid.class, invalid -> assertThat(invalid.reason()).isEqualTo(reason));
    }
}
