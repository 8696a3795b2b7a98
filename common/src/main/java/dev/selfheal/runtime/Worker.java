package dev.selfheal.runtime;

import dev.selfheal.event.WorkerLoad;
import dev.selfheal.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Consumes topics and runs slow work on each message without blocking a partition: a plain consumer with asynchronous
 * tasks, and a dead-letter topic. A message's answers, or its dead letter, and its being done are committed in one
 * transaction: for readers of committed records there is exactly one set of answers, whatever crashes. The work itself may be
 * done more than once.
 *
 * <p>{@link dev.selfheal.errors.RetriableException} is tried again as configured, then dead-lettered; any other
 * {@link dev.selfheal.errors.HealingException}, and bytes that are no record, are dead-lettered at once; an outage of the
 * broker or the registry is waited out, however long; anything else stops the worker, which is unhealthy from then on.
 */
public final class Worker<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final int MOST_RECORDS_PER_POLL = 500;

    private final String name;
    private final WorkerLoop loop;
    private final Deliveries deliveries;
    private final MessageWriter writer;
    private final Deserializer<T> deserializer;
    /** Empty for a worker that takes no part in healing: what it has to do says nothing of the healer's load. */
    private final Optional<LoadReporter> loads;

    private final Thread poller;

    /**
     * @param name thread name, and with the topic prefix before it the consumer group, for example {@code patch-worker}
     * @param sources topics to read; earlier ones are served first when both have records waiting
     * @param concurrency messages worked on at a time
     * @param loads where it tells how busy it is
     */
    public Worker(
            String name,
            KafkaClients clients,
            List<Topic<T>> sources,
            int concurrency,
            MessageHandler<T> handler,
            MeterRegistry meters,
            Topic<WorkerLoad> loads) {
        this(
                name,
                clients,
                sources.stream().map(Topic::name).toList(),
                RecordForm.of(clients.valueDeserializer(sources.get(0).type())),
                concurrency,
                handler,
                meters,
                Optional.of(loads));
    }

    /**
     * A worker outside of the healing loop, on a topic of other records than ours.
     *
     * @param name as above
     */
    public Worker(
            String name,
            KafkaClients clients,
            String topic,
            RecordForm<T> form,
            int concurrency,
            MessageHandler<T> handler,
            MeterRegistry meters) {
        this(name, clients, List.of(topic), form, concurrency, handler, meters, Optional.empty());
    }

    private Worker(
            String name,
            KafkaClients clients,
            List<String> topics,
            RecordForm<T> form,
            int concurrency,
            MessageHandler<T> handler,
            MeterRegistry meters,
            Optional<Topic<WorkerLoad>> loads) {
        this.name = name;
        this.deserializer = form.deserializer();
        RetryPolicy retries = clients.retryPolicy();
        Supplier<Backoff> backoffs = () -> new Backoff(retries, ThreadLocalRandom.current(), Pauser.sleeping());
        WorkerMeters workerMeters = new WorkerMeters(name, meters);
        writer = new MessageWriter(clients.valueSerializer());
        deliveries = deliveries(name, clients, backoffs, workerMeters);
        MessageTask<T> task = new MessageTask<>(form, handler, writer, retries.maxAttempts(), backoffs, workerMeters);
        loop = new WorkerLoop(
                consumer(name, clients, concurrency),
                topics,
                concurrency,
                threads(name, concurrency),
                task::run,
                deliveries,
                Clock.systemUTC(),
                CLOSE_TIMEOUT);
        workerMeters.showInFlight(loop::inFlight);
        this.loads = loads.map(
                topic -> new LoadReporter(name, topic, loop.load(), new MessagePublisher(clients, name + "-loads")));
        poller = new Thread(loop, name + "-poll");
    }

    /** The id is this worker's alone: who may commit is decided by the group's generation, not by the id. */
    private static Deliveries deliveries(
            String name, KafkaClients clients, Supplier<Backoff> backoffs, WorkerMeters meters) {
        String group = clients.groupId(name);
        String transactionalId = group + "-" + UUID.randomUUID();
        return new Deliveries(
                name,
                new Transactions(() -> clients.newTransactionalProducer(name, transactionalId)),
                CommittedPositions.ofGroup(clients, name, group),
                backoffs,
                meters::waited);
    }

    /**
     * Returns when the group has assigned partitions.
     *
     * @throws IllegalStateException when it has not within a minute, or the worker failed before
     */
    public void start() {
        deliveries.start(loop::stop);
        poller.start();
        try {
            if (!loop.awaitJoined(START_TIMEOUT)) {
                throw new IllegalStateException(name + " got no partitions within " + START_TIMEOUT.toSeconds()
                        + " s; is the broker up, and do the topics exist?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + name, e);
        }
        failure().ifPresent(cause -> {
            throw new IllegalStateException(name + " failed to start: " + cause.getMessage(), cause);
        });
        loads.ifPresent(LoadReporter::start);
    }

    /** False after a failure that only a restart can mend. */
    public boolean isHealthy() {
        return poller.isAlive() && failure().isEmpty();
    }

    /** Whether a message is being worked on now. */
    public boolean isBusy() {
        return loop.inFlight() > 0;
    }

    /** What stopped the worker; empty while it runs and after a close. */
    public Optional<Throwable> failure() {
        return loop.failure();
    }

    /** Lets running tasks end for a bounded time, commits what is done, and leaves the group. */
    @Override
    public void close() {
        loop.close();
        try {
            poller.join(CLOSE_TIMEOUT.plusSeconds(15).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loads.ifPresent(LoadReporter::close);
        deliveries.close();
        writer.close();
        deserializer.close();
    }

    private static Consumer<byte[], byte[]> consumer(String name, KafkaClients clients, int concurrency) {
        int records = Math.min(concurrency, MOST_RECORDS_PER_POLL);
        return clients.newConsumer(
                name,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        clients.groupId(name),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        records));
    }

    private static ExecutorService threads(String name, int concurrency) {
        int[] next = {0};
        return Executors.newFixedThreadPool(concurrency, work -> new Thread(work, name + "-" + next[0]++));
    }
}
