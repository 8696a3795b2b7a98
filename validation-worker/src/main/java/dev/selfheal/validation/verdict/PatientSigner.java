package dev.selfheal.validation.verdict;

import dev.selfheal.attestation.AttestationSigner;
import dev.selfheal.attestation.SigningUnavailableException;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs verdicts, and waits for a key that is out of reach: what was proved with much work is not thrown away because of a
 * key, and never published without its signature.
 */
public final class PatientSigner {

    private static final Logger LOG = LoggerFactory.getLogger(PatientSigner.class);

    private final AttestationSigner signer;
    private final Supplier<Backoff> backoffs;
    private final Clock clock;

    public PatientSigner(AttestationSigner signer, Supplier<Backoff> backoffs, Clock clock) {
        this.signer = signer;
        this.backoffs = backoffs;
        this.clock = clock;
    }

    /**
     * The verdict with its attestation. Only an applied patch can be vouched for: a verdict without one names no subject to
     * sign, and comes back as it is.
     *
     * @param end until when the key is waited for
     * @throws RetriableException {@code DEPENDENCY_UNAVAILABLE} when the key was out of reach until then
     */
    public PatchVerdict sign(PatchVerdict verdict, Instant end) throws RetriableException, InterruptedException {
        if (verdict.getDiff().isEmpty()) {
            return verdict;
        }
        Backoff backoff = backoffs.get();
        while (true) {
            try {
                return PatchVerdict.newBuilder(verdict)
                        .setAttestation(signer.attest(verdict))
                        .build();
            } catch (SigningUnavailableException e) {
                if (!clock.instant().isBefore(end)) {
                    throw new RetriableException(ErrorCode.DEPENDENCY_UNAVAILABLE, e.getMessage(), e);
                }
                LOG.warn("case {} waits for its signature: {}", verdict.getCaseId(), e.getMessage());
                backoff.pause();
            }
        }
    }
}
