package dev.selfheal.patch.model;

import java.util.concurrent.CompletableFuture;

/** One call to one model with one key, without any protection around it. */
interface ModelClient {

    /**
     * Asks once. The future fails with {@link ModelException} only; cancelling it closes the connection.
     */
    CompletableFuture<ModelReply> send(ModelRequest request);
}
