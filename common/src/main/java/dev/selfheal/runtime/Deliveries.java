package dev.selfheal.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends records exactly once: their answers and the group's position go into one transaction. One thread owns the producer
 * and takes what has ended meanwhile into the next transaction, so that many records cost no more than one.
 *
 * <p>A broker that is away is waited for. When a commit's outcome is not known, the transaction is resolved under the same
 * transactional id, and the group's positions say whether it took place, before anything is sent again. What belongs to a
 * revoked partition is dropped: its next owner does it. An owner that does not know yet that it is none any more is fenced
 * by the group's generation.
 */
final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final long CLOSE_MILLIS = 10_000;

    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final Transactions transactions;
    private final CommittedPositions committed;
    private final Supplier<Backoff> backoffs;
    private final Runnable waiting;
    private final Thread thread;
    private Consumer<Throwable> failed = cause -> LOG.error("nothing can be delivered", cause);
    private volatile Optional<ConsumerGroupMetadata> member = Optional.empty();

    /** A record that has ended, and nobody outside knows it yet. */
    record Pending(
            TopicPartition partition,
            long offset,
            PartitionWork work,
            List<ProducerRecord<byte[], byte[]>> answers,
            CompletableFuture<Void> done) {

        void isCommitted() {
            work.progress().finished(offset);
            done.complete(null);
        }
    }

    /**
     * @param committed asked after a commit whose outcome is not known
     * @param waiting called before each wait
     */
    Deliveries(
            String name,
            Transactions transactions,
            CommittedPositions committed,
            Supplier<Backoff> backoffs,
            Runnable waiting) {
        this.transactions = transactions;
        this.committed = committed;
        this.backoffs = backoffs;
        this.waiting = waiting;
        this.thread = new Thread(this::run, name + "-deliver");
    }

    /**
     * @param failed told once what only a restart can mend
     */
    void start(Consumer<Throwable> failed) {
        this.failed = failed;
        thread.start();
    }

    /** Who the group takes us for. The polling thread says so after each poll: only it may ask. */
    void memberIs(ConsumerGroupMetadata member) {
        this.member = Optional.of(member);
    }

    /** The end of the record at the offset; see {@link Delivery#complete}. */
    Delivery of(TopicPartition partition, long offset, PartitionWork work) {
        return answers -> await(new Pending(partition, offset, work, List.copyOf(answers), new CompletableFuture<>()));
    }

    /** Ends what is under way, for a bounded time; what waits is not committed. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        committed.close();
    }

    private void await(Pending pending) throws InterruptedException {
        queue.add(pending);
        try {
            pending.done().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("the end of a record could not be committed", e.getCause());
        }
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        try {
            commit(batch); // nothing; but what is not permitted shows now, and not after the first long work
            while (true) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                commit(batch);
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.interrupted(); // closing takes its time
            LOG.debug("told to stop");
        } catch (RuntimeException | Error e) {
            failed.accept(e);
            queue.drainTo(batch);
            batch.forEach(pending -> pending.done().completeExceptionally(e));
        } finally {
            transactions.close();
        }
    }

    /** Returns when all of it is committed, refused or another owner's. */
    private void commit(List<Pending> batch) throws InterruptedException {
        Backoff backoff = backoffs.get();
        boolean unsure = false;
        while (true) {
            // Before the look at who is revoked: then the generation is not newer than the revocations we know of.
            Optional<ConsumerGroupMetadata> us = member;
            dropRevoked(batch);
            try {
                transactions.open();
                if (unsure) {
                    dropCommitted(batch);
                    unsure = false;
                }
                if (batch.isEmpty()) {
                    return;
                }
                unsure = true;
                transactions.commit(records(batch), positions(batch), us.orElseThrow());
                batch.forEach(Pending::isCommitted);
                return;
            } catch (Transactions.TooLargeException e) {
                unsure = false; // it was aborted
                refuse(batch, e);
            } catch (InterruptException e) {
                Thread.interrupted();
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            } catch (KafkaException e) {
                transactions.abandon();
                if (!Transactions.passes(e)) {
                    throw e;
                }
                warn(batch.size(), e);
                waiting.run();
                backoff.pause();
            }
        }
    }

    private static void warn(int records, KafkaException cause) {
        if (records == 0) {
            LOG.warn("the broker opens no transaction yet: {}", cause.toString());
        } else {
            LOG.warn("the end of {} records is not committed yet: {}", records, cause.toString());
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> records(List<Pending> batch) {
        return batch.stream().flatMap(pending -> pending.answers().stream()).toList();
    }

    private static Map<TopicPartition, OffsetAndMetadata> positions(List<Pending> batch) {
        Map<TopicPartition, List<Pending>> partitions = new HashMap<>();
        batch.forEach(pending -> partitions
                .computeIfAbsent(pending.partition(), partition -> new ArrayList<>())
                .add(pending));
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        partitions.forEach((partition, ending) -> positions.put(
                partition,
                ending.get(0)
                        .work()
                        .progress()
                        .after(ending.stream().map(Pending::offset).toList())));
        return positions;
    }

    private static void dropRevoked(List<Pending> batch) {
        batch.removeIf(pending -> pending.work().isRevoked() && pending.done().cancel(false));
    }

    private void dropCommitted(List<Pending> batch) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> positions = committed.read();
        batch.removeIf(pending -> {
            boolean done = FinishedAhead.covers(positions.get(pending.partition()), pending.offset());
            if (done) {
                pending.isCommitted();
            }
            return done;
        });
    }

    private static void refuse(List<Pending> batch, Transactions.TooLargeException cause) {
        batch.removeIf(pending ->
                pending.answers().contains(cause.record()) && pending.done().completeExceptionally(cause.getCause()));
    }
}
