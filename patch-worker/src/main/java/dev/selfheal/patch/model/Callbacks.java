package dev.selfheal.patch.model;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Callbacks on futures. A callback that fails is a bug, and a bug must not vanish in a future nobody looks at. */
final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private Callbacks() {}

    /** Runs the action once the future is completed, failed or cancelled; at once when it is already. */
    static <T> void onCompletion(CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> action) {
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            try {
                action.accept(value, failure);
            } catch (RuntimeException | Error bug) {
                LOG.error("a callback failed, please report this", bug);
                throw bug;
            }
        });
        assert unused != future;
    }
}
