package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.spool.Batch;
import dev.selfheal.ingest.spool.Spool;
import dev.selfheal.runtime.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is in the spool to Kafka, oldest first, and releases it when Kafka has it. One thread of its own; waits out
 * every failure but two, an event that the brokers will never take, for its size or for what it is, and one that this
 * version cannot read, which are set aside.
 */
public final class Replay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final RetryPolicy WAITS =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofSeconds(2));
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /**
     * This is caught up within a second; new events need not queue up behind it. Some requests with hundreds of events each
     * must fit in: an intake that is under load when it starts would else never get out of its spool, which costs it twice
     * the work.
     */
    private static final long NEXT_TO_NOTHING_BYTES = 8 << 20;

    private record Entry(int index, ErrorEvent event) {}

    private final Spool spool;
    private final EventPublisher kafka;
    private final DurablePublisher publisher;
    private final Duration acknowledgeWithin;
    private final IngestMeters meters;
    private final EventCodec codec = new EventCodec();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "spool-replay");

    /**
     * @param publisher told when it may go to Kafka directly
     * @param acknowledgeWithin longest wait for a batch before what is missing of it is published again
     */
    public Replay(
            Spool spool,
            EventPublisher kafka,
            DurablePublisher publisher,
            Duration acknowledgeWithin,
            IngestMeters meters) {
        this.spool = spool;
        this.kafka = kafka;
        this.publisher = publisher;
        this.acknowledgeWithin = acknowledgeWithin;
        this.meters = meters;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** False when a bug has ended it. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Lets the batch at hand come to its end, which is bounded in time; never interrupts it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                spool.awaitEntries(LOOK_EVERY);
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            Optional<Batch> batch = spool.head();
            if (batch.isPresent()) {
                publish(batch.get());
            }
        } catch (IOException e) {
            LOG.error("the spool cannot be read; trying again", e);
            pause(WAITS.longest());
        }
    }

    /** Publishes the batch as a whole, then again what of it has failed, until nothing is left or the service closes. */
    private void publish(Batch batch) throws IOException, InterruptedException {
        List<Entry> left = decode(batch);
        int events = left.size();
        Duration wait = WAITS.shortest();
        left = attempt(batch, left);
        while (!left.isEmpty()) {
            wait = WAITS.next(wait, ThreadLocalRandom.current());
            if (pause(wait)) {
                return;
            }
            left = attempt(batch, left);
        }
        spool.release(batch);
        meters.replayed(events);
        if (spool.state().backlog() <= NEXT_TO_NOTHING_BYTES) {
            publisher.caughtUp();
        }
    }

    private List<Entry> decode(Batch batch) throws IOException {
        List<Entry> decoded = new ArrayList<>();
        for (int i = 0; i < batch.entries().size(); i++) {
            try {
                decoded.add(new Entry(
                        i, codec.decode(batch.preamble(), batch.entries().get(i))));
            } catch (IOException e) {
                setAside(batch, i, e);
            }
        }
        return decoded;
    }

    private List<Entry> attempt(Batch batch, List<Entry> entries) throws IOException, InterruptedException {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Entry entry : entries) {
            CompletableFuture<Void> acknowledged = kafka.publish(entry.event());
            sent.add(acknowledged);
            if (acknowledged.isCompletedExceptionally()
                    && failure(acknowledged, 0).filter(Replay::isForGood).isEmpty()) {
                break; // each may block for the whole bound while Kafka is away: one that failed is enough to know
            }
        }
        long deadline = System.nanoTime() + acknowledgeWithin.toNanos();
        List<Entry> failed = new ArrayList<>(entries.subList(sent.size(), entries.size()));
        for (int i = sent.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            Optional<Throwable> failure = failure(sent.get(i), deadline - System.nanoTime());
            if (failure.filter(Replay::isForGood).isPresent()) {
                setAside(batch, entry.index(), failure.get());
            } else if (failure.isPresent()) {
                LOG.debug("an event from the spool is not acknowledged yet", failure.get());
                failed.add(0, entry);
            }
        }
        return failed;
    }

    /** Whether the brokers refuse the record itself: what is behind it must not wait for it. */
    private static boolean isForGood(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException
                || failure instanceof PolicyViolationException;
    }

    /** Waits for the end, which not to come in time is a failure too. */
    private static Optional<Throwable> failure(CompletableFuture<Void> sent, long nanos) throws InterruptedException {
        try {
            sent.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return Optional.of(e);
        }
    }

    private void setAside(Batch batch, int index, Throwable cause) throws IOException {
        LOG.error("an event from the spool can never be published and is kept in its quarantine: {}", cause.toString());
        spool.setAside(batch, index);
    }

    /** Waits; true when the service closes meanwhile. */
    private boolean pause(Duration wait) throws InterruptedException {
        return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
