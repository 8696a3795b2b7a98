package dev.selfheal.embedded;

import dev.selfheal.topic.Topics;
import java.nio.file.Path;

/** Broker, registry and every topic, in this JVM, ready to produce to. Closing it deletes nothing but what it made. */
public final class LocalCluster implements AutoCloseable {

    /** Starts on free loopback ports and creates all topics (and their dead-letter topics), two partitions each. */
    public static LocalCluster start(Path dataDirectory, Topics topics) {
        throw new UnsupportedOperationException("skeleton");
    }

    public String bootstrapServers() {
        throw new UnsupportedOperationException("skeleton");
    }

    public String registryUrl() {
        throw new UnsupportedOperationException("skeleton");
    }

    @Override
    public void close() {}
}
