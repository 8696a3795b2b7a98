package dev.selfheal.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The polling thread of a worker: fetches and hands out. It alone touches the consumer, and it never waits longer
 * than {@link #TICK} without polling, so a task may take any time without the group taking the worker for dead. What is
 * done is committed by {@link Deliveries}.
 */
final class WorkerLoop implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    /** Longest wait for records, or for a free slot, before rebalances get their turn. */
    static final Duration TICK = Duration.ofMillis(250);

    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final int concurrency;
    private final Semaphore slots;
    private final WaitingRecords waiting;
    private final ExecutorService threads;
    private final RecordHandler handler;
    private final Deliveries deliveries;
    private final Duration closeTimeout;
    private final LoadMeter load;
    private final Map<TopicPartition, PartitionWork> assigned = new HashMap<>();
    private final CountDownLatch joined = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closing;

    WorkerLoop(
            Consumer<byte[], byte[]> consumer,
            List<String> topics,
            int concurrency,
            ExecutorService threads,
            RecordHandler handler,
            Deliveries deliveries,
            Clock clock,
            Duration closeTimeout) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.concurrency = concurrency;
        this.slots = new Semaphore(concurrency);
        this.waiting = new WaitingRecords(topics, concurrency);
        this.threads = threads;
        this.handler = handler;
        this.deliveries = deliveries;
        this.closeTimeout = closeTimeout;
        this.load = new LoadMeter(concurrency, clock);
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(topics, this);
            while (!closing) {
                turn();
            }
        } catch (WakeupException e) {
            LOG.debug("woken up to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            leave();
        }
    }

    /** One round: fetch what there is room for, hand out what there are slots for. */
    private void turn() throws InterruptedException {
        learnPositions();
        limitFetching();
        if (waiting.isEmpty()) {
            accept(consumer.poll(TICK));
        } else {
            awaitSlot();
            accept(consumer.poll(Duration.ZERO));
        }
        while (!waiting.isEmpty() && slots.tryAcquire()) {
            waiting.poll().ifPresent(this::handOut);
        }
        load.waiting(lag());
    }

    /** What was done before a partition came here; a coordinator that does not answer is asked again in the next turn. */
    private void learnPositions() {
        Set<TopicPartition> fresh = new HashSet<>(assigned.keySet());
        fresh.removeIf(partition -> assigned.get(partition).isPositioned());
        if (fresh.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(fresh, TICK);
            fresh.forEach(partition -> assigned.get(partition).position(Optional.ofNullable(committed.get(partition))));
        } catch (TimeoutException e) {
            LOG.info("waiting for the committed positions of {}", fresh);
        }
    }

    /** What the broker has for us and what we have fetched and not begun; known without asking the broker. */
    private long lag() {
        return waiting.size()
                + assigned.keySet().stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum();
    }

    /** Blocks on the semaphore: polling with everything paused would only burn the processor. */
    private void awaitSlot() throws InterruptedException {
        if (slots.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            slots.release();
        }
    }

    private void limitFetching() {
        Set<TopicPartition> full = new HashSet<>(assigned.keySet());
        full.removeIf(partition -> assigned.get(partition).mayFetch() && !waiting.isFull(partition));
        Set<TopicPartition> resumed = new HashSet<>(consumer.paused());
        resumed.removeAll(full);
        consumer.resume(resumed);
        consumer.pause(full);
    }

    private void accept(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        deliveries.memberIs(consumer.groupMetadata());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (assigned.get(partitionOf(record)).progress().started(record.offset())) {
                waiting.add(record);
            }
        }
    }

    private void handOut(ConsumerRecord<byte[], byte[]> record) {
        PartitionWork work = assigned.get(partitionOf(record));
        Instant taken = load.taken(record.timestamp());
        Delivery delivery = deliveries.of(partitionOf(record), record.offset(), work);
        RunningTask task =
                new RunningTask(() -> handler.handle(record, delivery), () -> load.done(taken), this::stop, ended -> {
                    load.released();
                    work.end(ended);
                    slots.release();
                });
        work.begin(task);
        threads.execute(task);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> assigned.put(partition, new PartitionWork()));
        consumer.pause(partitions);
        LOG.info("assigned {}", partitions);
        joined.countDown();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        waiting.drop(partitions);
        for (TopicPartition partition : partitions) {
            Optional.ofNullable(assigned.remove(partition)).ifPresent(PartitionWork::revoke);
        }
    }

    private void leave() {
        try {
            if (failure.get() == null
                    && slots.tryAcquire(concurrency, closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("all running tasks have ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            onPartitionsRevoked(Set.copyOf(assigned.keySet()));
        } finally {
            closeConsumer();
            threads.shutdownNow();
            joined.countDown();
        }
    }

    private void closeConsumer() {
        try {
            consumer.close(CloseOptions.timeout(LEAVE_TIMEOUT));
        } catch (KafkaException e) {
            LOG.warn("leaving the group failed; the broker will notice by itself: {}", e.toString());
        }
    }

    /** True when partitions were assigned, or none were left to assign, in time. */
    boolean awaitJoined(Duration timeout) throws InterruptedException {
        return joined.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    int inFlight() {
        return concurrency - slots.availablePermits();
    }

    LoadMeter load() {
        return load;
    }

    void close() {
        closing = true;
        consumer.wakeup();
    }

    void stop(Throwable cause) {
        fail(cause);
        close();
    }

    private void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.error("worker stops; only a restart helps", cause);
        }
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Does all the work on one record; see {@link MessageTask#run}. */
    @FunctionalInterface
    interface RecordHandler {

        void handle(ConsumerRecord<byte[], byte[]> record, Delivery delivery) throws InterruptedException;
    }
}
