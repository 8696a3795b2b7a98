package dev.selfheal.runtime;

import dev.selfheal.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Consumes topics and runs slow work on each message without blocking a partition: a plain consumer with asynchronous
 * tasks, contiguous commits and a dead-letter topic. At-least-once.
 */
public final class Worker<T extends SpecificRecord> implements AutoCloseable {

    /**
     * @param name consumer group and thread name, for example {@code patch-worker}
     * @param sources topics to read; earlier ones are served first when both have records waiting
     * @param concurrency messages worked on at a time
     */
    public Worker(
            String name,
            KafkaClients clients,
            List<Topic<T>> sources,
            int concurrency,
            MessageHandler<T> handler,
            MeterRegistry meters) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Returns when partitions are assigned. */
    public void start() {}

    /** False after a failure that only a restart can mend. */
    public boolean isHealthy() {
        return false;
    }

    /** Lets running tasks end for a bounded time, commits what is done, and leaves the group. */
    @Override
    public void close() {}
}
