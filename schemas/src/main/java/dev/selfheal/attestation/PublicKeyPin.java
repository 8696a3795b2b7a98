package dev.selfheal.attestation;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** An Ed25519 public key somebody decided to trust. Immutable and thread-safe. */
public final class PublicKeyPin {

    private static final String ALGORITHM = "Ed25519";

    private final PublicKey key;
    private final String keyId;

    private PublicKeyPin(PublicKey key) {
        this.key = key;
        this.keyId = Sha256.hex(key.getEncoded());
    }

    /**
     * @param pem SubjectPublicKeyInfo, as {@code openssl pkey -pubout} writes it
     * @throws IllegalArgumentException when it is no Ed25519 public key
     */
    public static PublicKeyPin of(String pem) {
        try {
            byte[] der = Pem.decode(Pem.PUBLIC, pem);
            return new PublicKeyPin(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 public key in PEM: " + e.getMessage(), e);
        }
    }

    /** SHA-256 (lower-case hex) of the SubjectPublicKeyInfo in DER. */
    public String keyId() {
        return keyId;
    }

    /** Whether the private half of this key signed the bytes; false as well for what has not the shape of a signature. */
    public boolean signed(byte[] bytes, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }
}
