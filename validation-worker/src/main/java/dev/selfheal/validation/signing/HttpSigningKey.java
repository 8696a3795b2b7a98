package dev.selfheal.validation.signing;

import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.SigningKey;
import dev.selfheal.attestation.SigningUnavailableException;
import dev.selfheal.runtime.Backoff;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.runtime.RetryPolicy;
import java.util.random.RandomGenerator;

/**
 * A key behind an HTTPS service, for example the transit engine of Vault or a proxy before a cloud's key management. The
 * private key never enters this process. Every signature is verified with the public key before it is used. What may pass
 * is tried again: no answer in time, 429 and 5xx. Thread-safe.
 */
public final class HttpSigningKey implements SigningKey {

    private final SigningService service;
    private final PublicKeyPin pin;
    private final RetryPolicy retries;
    private final RandomGenerator random;

    /**
     * @param service that holds the private half
     * @param pin the public half
     * @param random for the waits between tries
     */
    public HttpSigningKey(SigningService service, PublicKeyPin pin, RetryPolicy retries, RandomGenerator random) {
        this.service = service;
        this.pin = pin;
        this.retries = retries;
        this.random = random;
    }

    @Override
    public String keyId() {
        return pin.keyId();
    }

    /**
     * @throws SigningUnavailableException when no try brought a signature of this key, or the service refuses
     */
    @Override
    public byte[] sign(byte[] bytes) {
        Backoff backoff = new Backoff(retries, random, Pauser.sleeping());
        for (int attempt = 1; ; attempt++) {
            SigningService.Answer answer = service.sign(bytes, pin.keyId());
            if (answer instanceof SigningService.Signature signature) {
                return verified(bytes, signature.bytes());
            }
            SigningService.Failure failure = (SigningService.Failure) answer;
            if (!failure.mayPass() || attempt == retries.maxAttempts()) {
                throw new SigningUnavailableException(
                        "the signing service " + failure.what() + ", after " + attempt + " tries",
                        failure.cause().orElse(null));
            }
            pause(backoff);
        }
    }

    private byte[] verified(byte[] bytes, byte[] signature) {
        if (!pin.signed(bytes, signature)) {
            throw new SigningUnavailableException("the signing service did not sign with key " + pin.keyId()
                    + ": is its public key the configured one?");
        }
        return signature;
    }

    private static void pause(Backoff backoff) {
        try {
            backoff.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SigningUnavailableException("interrupted while waiting for the signing service", e);
        }
    }
}
