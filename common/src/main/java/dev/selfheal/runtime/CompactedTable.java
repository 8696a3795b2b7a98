package dev.selfheal.runtime;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic held in memory and kept up to date: the newest value per key. Thread-safe.
 *
 * <p>A record that cannot be read, or is not under its own key, changes nothing: the key keeps its last good value. It goes
 * to the dead-letter topic if it arrives while the table is open; older ones were seen by whoever was running then. While
 * the registry is away the table stays as it is.
 */
public final class CompactedTable<T extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompactedTable.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(500);

    private final Topic<T> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<T> deserializer;
    private final MessagePublisher deadLetters;
    private final RetryPolicy retries;
    private final Pauser pauser;
    private final Map<String, T> values = new ConcurrentHashMap<>();
    /** Keys whose newest record could not be read. */
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread reader;
    private volatile boolean closing;
    /** Once true, the reader is not interrupted any more. */
    private final AtomicBoolean leaving = new AtomicBoolean();

    public CompactedTable(KafkaClients clients, Topic<T> topic) {
        this(
                topic,
                clients.newConsumer(topic.name() + "-table", Map.of()),
                clients.valueDeserializer(topic.type()),
                new MessagePublisher(clients, topic.name() + "-table"),
                clients.retryPolicy(),
                Pauser.sleeping());
    }

    CompactedTable(
            Topic<T> topic,
            Consumer<byte[], byte[]> consumer,
            Deserializer<T> deserializer,
            MessagePublisher deadLetters,
            RetryPolicy retries,
            Pauser pauser) {
        this.topic = topic;
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.deadLetters = deadLetters;
        this.retries = retries;
        this.pauser = pauser;
        reader = new Thread(this::read, topic.name() + "-table");
        reader.setDaemon(true);
    }

    /**
     * Returns when everything that was in the topic at the time of the call has been read.
     *
     * @throws IllegalStateException when that takes more than a minute, or the topic cannot be read
     */
    public void start() {
        reader.start();
        try {
            if (!caughtUp.await(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("reading " + topic.name() + " took more than "
                        + START_TIMEOUT.toSeconds() + " s; are the broker and the schema registry up?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + topic.name(), e);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("cannot read " + topic.name() + ": " + failure.get(), failure.get());
        }
    }

    public Optional<T> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A copy of all of it. */
    public Map<String, T> snapshot() {
        return Map.copyOf(values);
    }

    /** False after a failure that only a restart can mend; the values stay readable and grow old. */
    public boolean isHealthy() {
        return reader.isAlive() && failure.get() == null;
    }

    /** False while what {@link #get} says of the key, or does not say, is not what the topic says. */
    public boolean isCurrent(String key) {
        return isHealthy() && !outdated.contains(key);
    }

    @Override
    public void close() {
        closing = true;
        synchronized (leaving) {
            // Not a wake-up too: one that comes second would fail the consumer's own close.
            if (!leaving.getAndSet(true)) {
                reader.interrupt();
            }
        }
        try {
            reader.join(CLOSE_TIMEOUT.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadLetters.close();
        deserializer.close();
    }

    private void read() {
        try {
            Map<TopicPartition, Long> ends = seekToBeginning();
            while (!closing) {
                if (caughtUp.getCount() > 0 && isPast(ends)) {
                    caughtUp.countDown();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
                    accept(record, record.offset() >= ends.get(partitionOf(record)));
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("stopped reading {}", topic.name());
        } catch (RuntimeException | Error e) {
            LOG.error("the table of {} stops; only a restart helps", topic.name(), e);
            failure.set(e);
        } finally {
            caughtUp.countDown();
            synchronized (leaving) {
                leaving.set(true);
                Thread.interrupted(); // so that the client can say good-bye to the broker
            }
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private Map<TopicPartition, Long> seekToBeginning() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + topic.name() + " does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new HashMap<>(consumer.endOffsets(partitions));
    }

    private boolean isPast(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void accept(ConsumerRecord<byte[], byte[]> record, boolean isNew) throws InterruptedException {
        if (record.key() == null) {
            refuse(record, isNew, new HealingException(ErrorCode.MALFORMED_RECORD, "a record without a key"));
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            values.remove(key);
            outdated.remove(key);
            return;
        }
        try {
            T value = deserialize(record);
            RecordKey.require(key, topic.keyOf(value));
            values.put(key, value);
            outdated.remove(key);
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) { // a configured deserializer may throw anything
            outdated.add(key);
            refuse(record, isNew, new HealingException(ErrorCode.MALFORMED_RECORD, String.valueOf(e.getMessage()), e));
        }
    }

    private T deserialize(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return Patiently.whileUnavailable(
                newBackoff(), () -> deserializer.deserialize(record.topic(), record.headers(), record.value()));
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, boolean isNew, HealingException cause)
            throws InterruptedException {
        LOG.error("{}-{}@{} is ignored: {}", record.topic(), record.partition(), record.offset(), cause.getMessage());
        if (isNew) {
            Patiently.whileUnavailable(newBackoff(), () -> {
                MessagePublisher.await(deadLetters.send(DeadLetters.of(record, cause)));
                return null;
            });
        }
    }

    private Backoff newBackoff() {
        return new Backoff(retries, ThreadLocalRandom.current(), pauser);
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
