package dev.selfheal.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;

/**
 * A producer's transactions, one after the other, under one transactional id. After any failure the producer is given up:
 * the next one of the same id first has the broker resolve what was under way. Not thread-safe.
 */
final class Transactions implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** A new transaction may succeed after these; after anything else a person is needed. */
    private static final List<Class<? extends KafkaException>> PASSING = List.of(
            RetriableException.class,
            CommitFailedException.class,
            RebalanceInProgressException.class,
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            UnknownProducerIdException.class,
            OutOfOrderSequenceException.class,
            InvalidTxnStateException
                    .class, // a commit after the broker had aborted it: transaction version 2, KAFKA-20785
            TransactionAbortedException.class,
            TransactionAbortableException.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();
    private boolean wasOpen;

    /**
     * @param producers each with the same transactional id
     */
    Transactions(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** One record is larger than the broker or the client permits; the transaction is aborted. */
    static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ProducerRecord<byte[], byte[]> record;

        TooLargeException(ProducerRecord<byte[], byte[]> record, RecordTooLargeException cause) {
            super(cause);
            this.record = record;
        }

        ProducerRecord<byte[], byte[]> record() {
            return record;
        }
    }

    /**
     * Returns when no transaction of this id is under way.
     *
     * @throws KafkaException see {@link #passes}
     */
    void open() {
        if (producer.isEmpty()) {
            Producer<byte[], byte[]> opened = made();
            producer = Optional.of(opened);
            opened.initTransactions();
            wasOpen = true;
        }
    }

    /** What could be made once was configured well: then a name that does not resolve is an outage like any other. */
    private Producer<byte[], byte[]> made() {
        try {
            return producers.get();
        } catch (KafkaException e) {
            throw wasOpen ? new UnreachableException(e) : e;
        }
    }

    /** No client can be made for now. */
    static final class UnreachableException extends RetriableException {

        private static final long serialVersionUID = 1L;

        UnreachableException(KafkaException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Returns when all of it is visible.
     *
     * @throws KafkaException when it may be or may not be; {@link #abandon} and {@link #open} make it known
     */
    void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> positions,
            ConsumerGroupMetadata member)
            throws TooLargeException {
        Producer<byte[], byte[]> open = producer.orElseThrow();
        AtomicReference<TooLargeException> refused = new AtomicReference<>();
        try {
            open.beginTransaction();
            records.forEach(record -> send(open, record, refused));
            open.sendOffsetsToTransaction(positions, member);
            open.commitTransaction();
        } catch (InterruptException e) {
            throw e; // whoever was told to stop closes, which aborts
        } catch (KafkaException e) {
            abandon();
            if (refused.get() != null) {
                throw refused.get();
            }
            throw e;
        }
    }

    private static void send(
            Producer<byte[], byte[]> open,
            ProducerRecord<byte[], byte[]> record,
            AtomicReference<TooLargeException> refused) {
        // What else fails comes out of the commit.
        Future<RecordMetadata> unused = open.send(record, (metadata, failure) -> {
            if (failure instanceof RecordTooLargeException tooLarge) {
                refused.compareAndSet(null, new TooLargeException(record, tooLarge));
            }
        });
    }

    /** Whether trying again may help. */
    static boolean passes(Throwable failure) {
        return failure != null
                && (PASSING.stream().anyMatch(passing -> passing.isInstance(failure)) || passes(failure.getCause()));
    }

    /** Gives the producer up, without a word to the broker. */
    void abandon() {
        close(Duration.ZERO);
    }

    /** Aborts what is under way. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    private void close(Duration timeout) {
        Optional<Producer<byte[], byte[]>> closing = producer;
        producer = Optional.empty();
        closing.ifPresent(open -> open.close(timeout));
    }
}
