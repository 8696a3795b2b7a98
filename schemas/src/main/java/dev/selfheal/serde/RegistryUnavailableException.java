package dev.selfheal.serde;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry cannot be asked now: it is away, overloaded, refuses our credentials or answers nonsense. Says
 * nothing about the record at hand, which therefore must be kept and tried again and never be treated as poison.
 */
public final class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
