package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.spool.Spool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores every event for good: in Kafka while Kafka acknowledges in time, else in the spool, from where {@link Replay}
 * brings it to Kafka. While there is a backlog, new events queue up behind it, so that time does not run backwards in the
 * topic by more than a moment.
 *
 * <p>At least once: Kafka may have taken an event whose acknowledgement was late, and a batch is published again after a
 * crash. Consumers drop the second by its event id. Thread-safe.
 */
public final class DurablePublisher implements EventPublisher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurablePublisher.class);

    private final EventPublisher kafka;
    private final Spool spool;
    private final IngestMeters meters;
    private final AckWatch watch;
    /**
     * False until a first event from the spool is acknowledged: only then are brokers and registry known to answer, and no
     * request has to wait to find out that they do not.
     */
    private final AtomicBoolean direct = new AtomicBoolean();

    /**
     * @param kafka bounded in how long it blocks
     * @param acknowledgeWithin longest wait for Kafka before an event goes to the spool
     */
    public DurablePublisher(EventPublisher kafka, Spool spool, Duration acknowledgeWithin, IngestMeters meters) {
        this.kafka = kafka;
        this.spool = spool;
        this.meters = meters;
        this.watch = new AckWatch(acknowledgeWithin);
    }

    public void start() {
        watch.start();
    }

    /**
     * Fails with {@link RecordTooLargeException} when the brokers will never take the event, with {@link
     * dev.selfheal.ingest.spool.SpoolFullException} or an {@link java.io.IOException} when the spool does not.
     */
    @Override
    public CompletableFuture<Void> publish(ErrorEvent event) {
        if (!direct.get()) {
            return store(event);
        }
        CompletableFuture<Void> acknowledged = kafka.publish(event);
        if (!acknowledged.isDone()) {
            watch.watch(acknowledged);
        }
        return acknowledged.exceptionallyCompose(failure -> instead(event, failure));
    }

    /** Whether events go to Kafka; else to the spool, as long as that takes them. */
    public boolean isDirect() {
        return direct.get();
    }

    /** Called when a batch from the spool was acknowledged and next to nothing is left behind it. */
    void caughtUp() {
        if (direct.compareAndSet(false, true)) {
            LOG.info("events go to Kafka directly");
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    private CompletableFuture<Void> instead(ErrorEvent event, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RecordTooLargeException) {
            return CompletableFuture.failedFuture(cause);
        }
        if (direct.compareAndSet(true, false)) {
            LOG.warn("events go to the spool until Kafka takes them again: {}", cause.toString());
        }
        return store(event);
    }

    private CompletableFuture<Void> store(ErrorEvent event) {
        return spool.append(EventCodec.encode(event)).thenRun(meters::spooled);
    }
}
