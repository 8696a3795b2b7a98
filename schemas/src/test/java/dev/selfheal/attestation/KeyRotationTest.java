package dev.selfheal.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.Verification.Invalid;
import dev.selfheal.attestation.Verification.Reason;
import dev.selfheal.attestation.Verification.Valid;
import dev.selfheal.event.PatchVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of docs/attestation.md. */
class KeyRotationTest {

    private static final Clock CLOCK = Clock.fixed(Verdicts.NOW, ZoneOffset.UTC);
    private static final Ed25519Key OLD = Ed25519Key.generate();
    private static final Ed25519Key NEW = Ed25519Key.generate();

    private final PatchVerdict before = signedBy(OLD);
    private final PatchVerdict after = signedBy(NEW);

    @Test
    void shouldAcceptVerdictsOfBothKeysAndNameTheKeyWhileBothArePinned() {
        assertThat(keyOf(verify(before, OLD, NEW))).isEqualTo(OLD.keyId());
        assertThat(keyOf(verify(after, OLD, NEW))).isEqualTo(NEW.keyId());
    }

    @Test
    void shouldRefuseTheNewKeyWhereItWasNotPinnedInTime() {
        assertThat(reasonOf(verify(after, OLD))).isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseOldVerdictsOnceTheOldKeyIsDropped() {
        assertThat(reasonOf(verify(before, NEW))).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(keyOf(verify(after, NEW))).isEqualTo(NEW.keyId());
    }

    private static PatchVerdict signedBy(SigningKey key) {
        return Verdicts.signed(Verdicts.approved(), new AttestationSigner(key, Duration.ofDays(7), CLOCK));
    }

    private static Verification verify(PatchVerdict verdict, Ed25519Key... pinned) {
        List<String> pems =
                List.of(pinned).stream().map(Ed25519Key::publicKeyPem).toList();
        return new AttestationVerifier(pems, CLOCK).verify(verdict);
    }

    private static String keyOf(Verification verification) {
        assertThat(verification).isInstanceOf(Valid.class);
        return ((Valid) verification).keyId();
    }

    private static Reason reasonOf(Verification verification) {
        assertThat(verification).isInstanceOf(Invalid.class);
        return ((Invalid) verification).reason();
    }
}
