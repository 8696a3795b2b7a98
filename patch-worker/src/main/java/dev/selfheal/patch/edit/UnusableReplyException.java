package dev.selfheal.patch.edit;

/** A reply that must not be applied; the message is the reason, fit to be sent back to the model. */
final class UnusableReplyException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableReplyException(String reason) {
        super(reason);
    }
}
