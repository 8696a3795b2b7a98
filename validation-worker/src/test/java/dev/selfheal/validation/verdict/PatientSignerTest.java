package dev.selfheal.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.attestation.AttestationSigner;
import dev.selfheal.attestation.SigningKey;
import dev.selfheal.attestation.SigningUnavailableException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.runtime.Backoff;
import dev.selfheal.runtime.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatientSignerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Watch watch = new Watch();
    private final RestingKey key = new RestingKey();
    private final PatientSigner signer = new PatientSigner(
            new AttestationSigner(key, Duration.ofDays(1), watch),
            () -> new Backoff(
                    new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(5)), new Random(1), watch::pass),
            watch);

    @Test
    void shouldWaitForAKeyThatIsOutOfReach() throws Exception {
        key.outOfReach = 20;
        PatchVerdict signed = signer.sign(verdict("diff"), NOW.plusSeconds(600));
        assertThat(signed.getAttestation()).contains("payload");
        assertThat(key.asked).isEqualTo(21);
    }

    @Test
    void shouldGiveUpWhenTheVerdictHadToBeThere() {
        key.outOfReach = Integer.MAX_VALUE;
        assertThatThrownBy(() -> signer.sign(verdict("diff"), NOW.plusSeconds(60)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("resting");
        assertThat(watch.instant()).isBetween(NOW.plusSeconds(60), NOW.plusSeconds(65));
    }

    @Test
    void shouldLeaveAVerdictWithoutAPatchUnsigned() throws Exception {
        PatchVerdict verdict = verdict("");
        assertThat(signer.sign(verdict, NOW)).isSameAs(verdict);
        assertThat(key.asked).isZero();
    }

    private static PatchVerdict verdict(String diff) {
        return PatchVerdict.newBuilder()
                .setVerdictId("v")
                .setProposalId("p")
                .setCaseId("c")
                .setGroup("v3:0")
                .setService("s")
                .setAttempt(1)
                .setVerdict(VerdictKind.REJECTED)
                .setDecidedAt(NOW)
                .setReason("")
                .setBaseCommit("0".repeat(40))
                .setDiff(diff)
                .setTree("1".repeat(40))
                .setEvidence(Evidence.newBuilder().build())
                .build();
    }

    /** Cannot be reached a number of times. */
    private static final class RestingKey implements SigningKey {

        private int outOfReach;
        private int asked;

        @Override
        public String keyId() {
            return "k";
        }

        @Override
        public byte[] sign(byte[] bytes) {
            if (++asked <= outOfReach) {
                throw new SigningUnavailableException("resting");
            }
            return new byte[64];
        }
    }

    /** Time passes in pauses only. */
    private static final class Watch extends Clock {

        private Instant now = NOW;

        private void pass(Duration pause) {
            now = now.plus(pause);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
