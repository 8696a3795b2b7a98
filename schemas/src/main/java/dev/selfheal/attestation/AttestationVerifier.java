package dev.selfheal.attestation;

import dev.selfheal.attestation.Verification.Invalid;
import dev.selfheal.attestation.Verification.Reason;
import dev.selfheal.attestation.Verification.Valid;
import dev.selfheal.event.PatchVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies attestations against pinned public keys, offline. Thread-safe. */
public final class AttestationVerifier {

    /** How far the signer's clock may be ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Map<String, PublicKeyPin> pinned = new LinkedHashMap<>();
    private final Clock clock;

    /**
     * @param publicKeys PEM, SubjectPublicKeyInfo; several while keys are rotated
     * @throws IllegalArgumentException when one is no Ed25519 public key
     */
    public AttestationVerifier(List<String> publicKeys, Clock clock) {
        if (publicKeys.isEmpty()) {
            throw new IllegalArgumentException("no public key is pinned");
        }
        this.clock = clock;
        publicKeys.stream().map(PublicKeyPin::of).forEach(key -> pinned.put(key.keyId(), key));
    }

    /** Checks signature, form and time. What the patch is, the caller has to compare. */
    public Verification verify(String attestation) {
        try {
            Dsse envelope = Dsse.parse(attestation);
            Optional<String> signer = signer(envelope);
            if (signer.isEmpty()) {
                return notSigned(envelope);
            }
            if (!envelope.payloadType().equals(ValidationStatement.PAYLOAD_TYPE)) {
                return new Invalid(Reason.MALFORMED, "payload type is " + envelope.payloadType());
            }
            return checkTime(ValidationStatement.parse(envelope.payload()), signer.get());
        } catch (MalformedAttestationException e) {
            return new Invalid(Reason.MALFORMED, e.getMessage());
        }
    }

    /**
     * Checks all of {@link #verify(String)}, and that it is about this diff on this commit.
     *
     * @param diff the unified diff, exactly as published
     * @param baseCommit full commit id the diff is going to be applied to
     */
    public Verification verify(String attestation, String diff, String baseCommit) {
        Verification result = verify(attestation);
        if (!(result instanceof Valid valid)) {
            return result;
        }
        ValidationStatement statement = valid.statement();
        String digest = PatchDigest.sha256(diff);
        if (!statement.patchSha256().equals(digest)) {
            return new Invalid(
                    Reason.DIGEST_MISMATCH, "attested is patch " + statement.patchSha256() + ", this is " + digest);
        }
        if (!statement.baseCommit().equals(baseCommit)) {
            return new Invalid(
                    Reason.BASE_COMMIT_MISMATCH,
                    "attested on commit " + statement.baseCommit() + ", this is " + baseCommit);
        }
        return valid;
    }

    /** Checks a verdict as it came from its topic: its attestation must say what its body says. */
    public Verification verify(PatchVerdict verdict) {
        Verification result = verify(verdict.getAttestation(), verdict.getDiff(), verdict.getBaseCommit());
        if (!(result instanceof Valid valid)) {
            return result;
        }
        ValidationStatement statement = valid.statement();
        if (!statement.gitTree().equals(verdict.getTree())) {
            return new Invalid(
                    Reason.DIGEST_MISMATCH,
                    "attested is tree " + statement.gitTree() + ", the verdict says " + verdict.getTree());
        }
        boolean same = statement.verdict().equals(verdict.getVerdict().name())
                && statement.caseId().equals(verdict.getCaseId())
                && statement.service().equals(verdict.getService());
        return same
                ? valid
                : new Invalid(
                        Reason.CONTENT_MISMATCH,
                        "attested is " + statement.verdict() + " for case " + statement.caseId() + " of "
                                + statement.service() + ", the verdict says " + verdict.getVerdict() + " for case "
                                + verdict.getCaseId() + " of " + verdict.getService());
    }

    /** The pinned key behind the first signature that holds; others, as during a rotation, do no harm. */
    private Optional<String> signer(Dsse envelope) {
        return envelope.signatures().stream()
                .filter(one -> pinned.containsKey(one.keyId()))
                .filter(one -> pinned.get(one.keyId()).signed(envelope.signedBytes(), one.signature()))
                .map(Dsse.Signed::keyId)
                .findFirst();
    }

    private Invalid notSigned(Dsse envelope) {
        List<String> claimed =
                envelope.signatures().stream().map(Dsse.Signed::keyId).toList();
        return claimed.stream().anyMatch(pinned::containsKey)
                ? new Invalid(Reason.SIGNATURE, "it was tampered with, or was not signed by the key it names")
                : new Invalid(Reason.UNKNOWN_KEY, "signed by " + claimed + ", pinned are " + pinned.keySet());
    }

    private Verification checkTime(ValidationStatement statement, String keyId) {
        Instant now = clock.instant();
        if (!now.isBefore(statement.expiresAt())) {
            return new Invalid(Reason.EXPIRED, "it expired at " + statement.expiresAt());
        }
        if (statement.issuedAt().isAfter(now.plus(CLOCK_SKEW))) {
            return new Invalid(Reason.NOT_YET_VALID, "it was issued at " + statement.issuedAt() + ", now is " + now);
        }
        return new Valid(statement, keyId);
    }
}
