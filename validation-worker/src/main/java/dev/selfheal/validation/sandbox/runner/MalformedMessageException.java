package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;

/** Bytes that the other side's code would not have written. */
public final class MalformedMessageException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
