package dev.selfheal.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a broker would have committed, and where it fails. */
final class Ledger implements CommittedPositions {

    /** Committed records and positions, in order. */
    final List<ProducerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();

    final Map<TopicPartition, OffsetAndMetadata> positions = new ConcurrentHashMap<>();
    final Queue<RuntimeException> atMaking = new ConcurrentLinkedQueue<>();
    final Queue<RuntimeException> atOpen = new ConcurrentLinkedQueue<>();
    final Queue<RuntimeException> beforeCommit = new ConcurrentLinkedQueue<>();
    /** The commit has taken place, and its answer is lost. */
    final Queue<RuntimeException> afterCommit = new ConcurrentLinkedQueue<>();

    final Queue<RuntimeException> atReading = new ConcurrentLinkedQueue<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    volatile int largestValue = Integer.MAX_VALUE;
    final AtomicInteger transactions = new AtomicInteger();
    final AtomicInteger producers = new AtomicInteger();

    Deliveries deliveries() {
        RetryPolicy retries = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(9));
        return new Deliveries(
                "w",
                new Transactions(this::producer),
                this,
                () -> new Backoff(retries, new Random(1), pauses::add),
                () -> {});
    }

    private LedgerProducer producer() {
        fail(atMaking);
        return new LedgerProducer();
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> read() {
        fail(atReading);
        return Map.copyOf(positions);
    }

    private static void fail(Queue<RuntimeException> failures) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private final class LedgerProducer extends MockProducer<byte[], byte[]> {

        private boolean tooLarge;

        LedgerProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void initTransactions() {
            producers.incrementAndGet();
            fail(atOpen);
            super.initTransactions();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            Future<RecordMetadata> sent = super.send(record, null);
            if (record.value().length > largestValue) {
                tooLarge = true;
                callback.onCompletion(null, new RecordTooLargeException("the largest value is " + largestValue));
            }
            return sent;
        }

        @Override
        public void commitTransaction() {
            if (tooLarge) {
                throw new KafkaException("in an error state");
            }
            fail(beforeCommit);
            transactions.incrementAndGet();
            records.addAll(uncommittedRecords());
            uncommittedOffsets().values().forEach(positions::putAll);
            fail(afterCommit);
            super.commitTransaction();
        }
    }
}
