package dev.selfheal.attestation;

/** The key is out of reach for now, or what answered for it did not sign with it. Trying again later may help. */
public final class SigningUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SigningUnavailableException(String message) {
        super(message);
    }

    public SigningUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
