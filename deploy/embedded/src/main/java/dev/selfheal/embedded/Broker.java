package dev.selfheal.embedded;

import java.util.concurrent.CompletableFuture;

/** A single Kafka broker that can be stopped and started again on the same port with the same data. */
public interface Broker extends AutoCloseable {

    /** {@code host:port}, the same over restarts. */
    String bootstrapServers();

    /** Returns when the broker serves clients; does nothing when it already runs. */
    void start();

    /** Returns when the port is closed; does nothing when it is already stopped. */
    void stop();

    /** Completes when the broker ends without having been stopped; never for one that shares this JVM's fate. */
    default CompletableFuture<BrokerFault> fault() {
        return new CompletableFuture<>();
    }

    @Override
    default void close() {
        stop();
    }
}
