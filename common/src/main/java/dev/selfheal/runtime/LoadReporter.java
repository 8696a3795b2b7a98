package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.WorkerLoad;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes how busy a worker is: at its start, every {@link #INTERVAL} while it is busy, and once when it no longer is. On
 * a thread of its own, so that a slow broker or registry holds up no work. A load that cannot be published is logged; the
 * next one replaces it, and readers ignore what is old. An orderly end takes the worker's record away.
 */
final class LoadReporter implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LoadReporter.class);

    private final String kind;
    private final String worker;
    private final Topic<WorkerLoad> topic;
    private final LoadMeter meter;
    private final MessagePublisher publisher;
    private final ScheduledExecutorService thread;
    private boolean wasBusy = true;

    /**
     * @param kind name of the service, for example {@code patch-worker}
     * @param publisher closed with this
     */
    LoadReporter(String kind, Topic<WorkerLoad> topic, LoadMeter meter, MessagePublisher publisher) {
        this.kind = kind;
        this.worker = kind + "-" + UUID.randomUUID();
        this.topic = topic;
        this.meter = meter;
        this.publisher = publisher;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, kind + "-load");
            made.setDaemon(true);
            return made;
        });
    }

    void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::report, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void report() {
        WorkerLoad load = meter.read(worker, kind);
        boolean busy = load.getInFlight() > 0 || load.getLag() > 0;
        if (!busy && !wasBusy) {
            return;
        }
        try {
            publisher.publishAll(
                    List.of(new Outgoing<>(topic, Envelope.first("/selfheal/" + kind, worker, load.getAt(), load))));
            wasBusy = busy;
        } catch (KafkaException e) {
            LOG.warn("cannot publish the load of {}: {}", worker, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not wait for the broker; closing the publisher does. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.shutdownNow();
        CompletableFuture<RecordMetadata> gone =
                publisher.send(new ProducerRecord<>(topic.name(), worker.getBytes(StandardCharsets.UTF_8), null));
        CompletableFuture<Void> unused = gone.handle((sent, failure) -> {
            if (failure != null) {
                LOG.warn("the load of {} stays until it is stale: {}", worker, failure.toString());
            }
            return null;
        });
        publisher.close();
    }
}
