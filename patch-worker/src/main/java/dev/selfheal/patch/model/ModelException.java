package dev.selfheal.patch.model;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Carries a {@link ModelError} through a future. Without a stack trace: the error says where it comes from. */
final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ModelError error;

    ModelException(ModelError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    ModelError error() {
        return error;
    }

    /** The error behind a future's failure; empty for a failure of another kind, which is a bug of ours. */
    static Optional<ModelError> errorOf(Throwable failure) {
        return causeOf(failure) instanceof ModelException model ? Optional.of(model.error()) : Optional.empty();
    }

    /** The failure without the wrappers that futures put around it. */
    static Throwable causeOf(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
