package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import java.util.concurrent.CompletableFuture;

/** Where finished events go. Thread-safe. */
@FunctionalInterface
public interface EventPublisher {

    /**
     * Completes when the event is stored for good; fails with the reason otherwise, and never throws it. May block for a
     * bounded time. Nothing slow may depend on the completion: it comes on the thread that stores.
     */
    CompletableFuture<Void> publish(ErrorEvent event);
}
