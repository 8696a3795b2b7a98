package dev.selfheal.attestation;

import dev.selfheal.event.PatchVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Signs verdicts. Thread-safe. */
public final class AttestationSigner {

    private final SigningKey key;
    private final Duration validity;
    private final Clock clock;

    /**
     * @param validity from signing to expiry: how long a deployer may rely on a verdict
     */
    public AttestationSigner(SigningKey key, Duration validity, Clock clock) {
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("validity is " + validity + ", must be positive");
        }
        this.key = key;
        this.validity = validity;
        this.clock = clock;
    }

    /**
     * The attestation of a verdict: a DSSE envelope in JSON.
     *
     * @throws IllegalArgumentException when the verdict has no diff or no tree: there is nothing to vouch for then
     */
    public String attest(PatchVerdict verdict) {
        if (verdict.getDiff().isEmpty() || verdict.getTree().isEmpty()) {
            throw new IllegalArgumentException("verdict " + verdict.getVerdictId() + " has no applied patch to attest");
        }
        Instant now = clock.instant();
        byte[] statement = StatementWriter.write(verdict, now, now.plus(validity));
        return Dsse.sign(ValidationStatement.PAYLOAD_TYPE, statement, key).toJson();
    }
}
