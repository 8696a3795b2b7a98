package dev.selfheal.validation.sandbox.runner;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under the one-time key of a job. The key reaches the runner before any untrusted class is loaded and
 * never leaves it, so who only writes to the channel cannot forge an answer. Not thread-safe.
 */
public final class Seal {

    public static final int KEY_BYTES = 32;
    static final int MAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    public Seal(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    byte[] sign(byte kind, byte[] payload) {
        mac.update(kind);
        return mac.doFinal(payload);
    }

    public boolean verifies(Frame frame) {
        return MessageDigest.isEqual(sign((byte) frame.kind().code, frame.payload()), frame.mac());
    }
}
