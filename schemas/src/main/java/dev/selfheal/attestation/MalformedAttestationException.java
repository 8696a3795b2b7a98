package dev.selfheal.attestation;

/** Text that claims to be an attestation and is none. */
final class MalformedAttestationException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedAttestationException(String message) {
        super(message);
    }

    MalformedAttestationException(String message, Throwable cause) {
        super(message, cause);
    }
}
