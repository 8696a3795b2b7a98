package dev.selfheal.validation.signing;

import java.util.Optional;

/** A service that signs on request. Thread-safe. */
public interface SigningService {

    /**
     * Asks once.
     *
     * @param bytes to sign, as they are: Ed25519 hashes by itself
     * @param keyId SHA-256 of the public key that the signature will be verified with
     */
    Answer sign(byte[] bytes, String keyId);

    /** What came of asking. */
    sealed interface Answer {}

    /** Not verified yet. */
    record Signature(byte[] bytes) implements Answer {}

    /**
     * No signature.
     *
     * @param mayPass asking again later may help
     * @param what to finish the sentence "the signing service …"; never what the service said, which may hold secrets
     */
    record Failure(boolean mayPass, String what, Optional<Throwable> cause) implements Answer {}
}
