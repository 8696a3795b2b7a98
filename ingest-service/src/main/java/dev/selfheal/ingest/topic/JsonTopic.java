package dev.selfheal.ingest.topic;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.Worker;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts what arrives on the JSON topic: each record becomes one event, or one dead letter, for readers of committed
 * records. An event without an id gets the same one each time its record is read, so that one that is read again from an older
 * position is dropped downstream. Kafka keeps what waits: nothing of this goes to the spool.
 */
public final class JsonTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JsonTopic.class);
    private static final String NAME = "ingest-json";
    /** Each waits for an acknowledgement. */
    private static final int CONCURRENCY = 32;

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(60);

    private final Supplier<Worker<ErrorEvent>> workers;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, NAME);
    private volatile String state = "not joined yet";

    public JsonTopic(
            KafkaClients clients, Topics topics, JsonErrors errors, IngestMeters meters, MeterRegistry registry) {
        workers = () -> new Worker<>(
                NAME,
                clients,
                topics.jsonErrorEvents().name(),
                errors.form(),
                CONCURRENCY,
                new JsonConversion(topics.errorEvents(), meters),
                registry);
        thread.setDaemon(true);
    }

    /** Returns at once: errors over HTTP do not wait for a broker that is away. */
    public void start() {
        thread.start();
    }

    /** False when a bug has ended its thread; after {@link #start()}. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** For people. */
    public String describe() {
        return thread.getState() == Thread.State.TERMINATED ? "its thread has ended, last: " + state : state;
    }

    /** Lets what is under way end, for a bounded time. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                follow();
            } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("stopped reading the JSON topic");
        }
    }

    /** Returns when the worker cannot join, or has failed; throws when told to stop. */
    private void follow() throws InterruptedException {
        Optional<Worker<ErrorEvent>> joined = Optional.empty();
        try {
            Worker<ErrorEvent> worker = workers.get();
            joined = Optional.of(worker);
            worker.start();
            state = "followed";
            while (worker.isHealthy()) {
                if (closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            state = "failed: " + worker.failure().map(Throwable::toString).orElse("ended");
            LOG.warn("the JSON topic is not read, trying again: {}", state);
        } catch (IllegalStateException | KafkaException e) { // a name that does not resolve fails a client's making
            state = "not joined: " + e.getMessage();
            LOG.warn("the JSON topic is not read, trying again: {}", e.getMessage());
        } finally {
            joined.ifPresent(JsonTopic::close);
        }
    }

    /** Whoever told this thread to stop must not cut short what ends in good order. */
    private static void close(Worker<ErrorEvent> worker) {
        boolean told = Thread.interrupted();
        worker.close();
        if (told) {
            Thread.currentThread().interrupt();
        }
    }
}
