package dev.selfheal.validation.ahead;

import dev.selfheal.event.HealingRequest;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the requests that come from now on, all of them, for every host prepares for itself, and hands the newest to a thread
 * that prepares one after the other. In no group, and nothing is committed: a request that is missed costs its first proposal
 * some time. What cannot be read is left to those who answer it.
 */
public final class RequestFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFollower.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Older requests than this many are given up: their patches are on their way already. */
    static final int WAITING = 16;

    private final KafkaClients clients;
    private final List<Topic<HealingRequest>> topics;
    private final AheadPreparation preparation;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<Optional<Consumer<byte[], byte[]>>> following =
            new AtomicReference<>(Optional.empty());
    private final Thread reader = daemon(this::read, "prepare-ahead-read");
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> daemon(work, "prepare-ahead"),
            new ThreadPoolExecutor.DiscardOldestPolicy());

    public RequestFollower(KafkaClients clients, List<Topic<HealingRequest>> topics, AheadPreparation preparation) {
        this.clients = clients;
        this.topics = topics;
        this.preparation = preparation;
    }

    /** Returns at once. */
    public void start() {
        reader.start();
    }

    /** Cuts short what is being prepared. */
    @Override
    public void close() {
        closing.set(true);
        wakeUp();
        worker.shutdownNow();
        try {
            reader.join(CLOSE.toMillis());
            if (!worker.awaitTermination(CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("what is being prepared does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A consumer that is interrupted cannot leave in good order. */
    private void wakeUp() {
        Optional<Consumer<byte[], byte[]>> reading = following.get();
        if (reading.isPresent()) {
            reading.get().wakeup();
        } else {
            reader.interrupt();
        }
    }

    private void read() {
        try (Deserializer<HealingRequest> values = clients.valueDeserializer(HealingRequest.class)) {
            while (!closing.get()) {
                followUntilItFails(values);
            }
        } catch (InterruptedException | InterruptException | WakeupException e) {
            LOG.debug("told to stop");
        }
    }

    private void followUntilItFails(Deserializer<HealingRequest> values) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("prepare-ahead", Map.of())) {
            following.set(Optional.of(consumer));
            follow(consumer, values);
        } catch (InterruptException | WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            following.set(Optional.empty());
            LOG.warn("no request is seen for a while: {}", e.toString());
            Pauser.sleeping().pause(AFTER_FAILURE);
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer, Deserializer<HealingRequest> values) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<HealingRequest> topic : topics) {
            List<PartitionInfo> known = consumer.partitionsFor(topic.name());
            if (known.isEmpty()) {
                throw new UnknownTopicOrPartitionException("there is no topic " + topic.name());
            }
            known.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        while (!closing.get()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
                take(record, values);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Deserializer<HealingRequest> values) {
        try {
            HealingRequest request = values.deserialize(record.topic(), record.headers(), record.value());
            if (request != null) {
                worker.execute(() -> prepare(request));
            }
        } catch (KafkaException e) {
            LOG.debug("{}-{}@{} is not prepared for", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private void prepare(HealingRequest request) {
        try {
            preparation.prepare(request);
        } catch (InterruptedException e) {
            LOG.debug("told to stop");
        } catch (RuntimeException e) {
            LOG.error("a bug in the preparation of case {}, please report this", request.getCaseId(), e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
