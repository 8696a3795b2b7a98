package dev.selfheal.attestation;

/** A private Ed25519 key that may live elsewhere: in a file, or behind a key management service. Thread-safe. */
public interface SigningKey {

    /** SHA-256 (lower-case hex) of the public key's SubjectPublicKeyInfo in DER. */
    String keyId();

    /**
     * The 64-byte Ed25519 signature of the bytes.
     *
     * @throws SigningUnavailableException when the key is out of reach for now
     */
    byte[] sign(byte[] bytes);
}
