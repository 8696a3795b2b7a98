package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.WorkerLoad;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerLoopTest {

    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    /** Enough to end what is ending, and short where something never ends. */
    private static final Duration NO_GRACE = Duration.ofMillis(200);

    private final ForgetfulConsumer consumer = new ForgetfulConsumer();
    private final Ledger ledger = new Ledger();
    private final Deliveries deliveries = ledger.deliveries();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final BlockingQueue<Long> started = new LinkedBlockingQueue<>();
    private final AtomicReference<Throwable> escaped = new AtomicReference<>();
    private Thread poller;

    @AfterEach
    void stop() {
        threads.shutdownNow();
        deliveries.close();
    }

    @Test
    void shouldCommitOnlyUpToTheOldestUnfinishedRecordWhenClosed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        WorkerLoop loop = loop(record -> {
            started.add(record.offset());
            if (record.offset() == 1) {
                never.await();
            }
        });
        assign(loop, 0, 1, 2);
        started.take();
        started.take();
        started.take();
        close(loop);
        assertThat(committed(ZERO)).isEqualTo(1);
        assertThat(loop.failure()).isEmpty();
    }

    @Test
    void shouldCommitAllWhenAllIsDone() throws Exception {
        WorkerLoop loop = loop(record -> started.add(record.offset()));
        assign(loop, 0, 1, 2);
        started.take();
        started.take();
        started.take();
        close(loop);
        assertThat(committed(ZERO)).isEqualTo(3);
    }

    @Test
    void shouldSkipWhatAnEarlierOwnerFinished() throws Exception {
        consumer.before = Map.of(ZERO, new OffsetAndMetadata(1, FinishedAhead.write(1, new TreeSet<>(List.of(2L)))));
        WorkerLoop loop = loop(record -> started.add(record.offset()));
        assign(loop, 1, 2, 3);
        assertThat(List.of(started.take(), started.take())).containsExactlyInAnyOrder(1L, 3L);
        close(loop);
        assertThat(started).isEmpty();
        assertThat(committed(ZERO)).isEqualTo(4);
    }

    @Test
    void shouldBeginNothingBeforeItKnowsWhatAnEarlierOwnerFinished() throws Exception {
        consumer.unanswered.addAll(List.of(new TimeoutException("coordinator away"), new TimeoutException("still")));
        WorkerLoop loop = loop(record -> started.add((long) consumer.unanswered.size()));
        assign(loop, 0);
        assertThat(started.take()).isZero();
        close(loop);
        assertThat(committed(ZERO)).isEqualTo(1);
    }

    @Test
    void shouldInterruptUnfinishedWorkOfARevokedPartitionAndNotCommitIt() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        WorkerLoop loop = loop(record -> {
            started.add(record.offset());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        assign(loop, 0);
        started.take();
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(ONE)));
        interrupted.await();
        close(loop);
        assertThat(ledger.positions).doesNotContainKey(ZERO);
        assertThat(loop.failure()).isEmpty();
    }

    @Test
    void shouldStopAndKeepTheCauseOnAnUnforeseenError() throws Exception {
        WorkerLoop loop = loop(record -> {
            throw new StackOverflowError("deep");
        });
        assign(loop, 0);
        poller.join();
        assertThat(loop.failure()).containsInstanceOf(StackOverflowError.class);
        assertThat(consumer.closed()).isTrue();
        assertThat(ledger.positions).isEmpty();
    }

    @Test
    void shouldStopWhenTheConsumerFailsForGood() throws Exception {
        WorkerLoop loop = loop(record -> {});
        consumer.setPollException(new KafkaException("not authorised"));
        poller = new Thread(loop);
        poller.start();
        poller.join();
        assertThat(loop.failure().orElseThrow()).hasMessage("not authorised");
    }

    @Test
    void shouldStopFetchingWhatNobodyHasRoomFor() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        WorkerLoop loop = loop(record -> {
            started.add(record.offset());
            goOn.await();
        });
        assign(loop, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        for (int i = 0; i < 4; i++) {
            started.take();
        }
        CountDownLatch paused = new CountDownLatch(1);
        consumer.schedulePollTask(() -> {
            if (consumer.paused().contains(ZERO)) {
                paused.countDown();
            }
        });
        assertThat(paused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.inFlight()).isEqualTo(4);
        goOn.countDown();
        for (int i = 0; i < 6; i++) {
            started.take();
        }
        close(loop);
        assertThat(committed(ZERO)).isEqualTo(10);
    }

    @Test
    void shouldTellHowMuchIsInWorkAndHowMuchWaits() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        WorkerLoop loop = loop(record -> {
            started.add(record.offset());
            goOn.await();
        });
        consumer.updateEndOffsets(Map.of(ZERO, 16L));
        assign(loop, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        for (int i = 0; i < 4; i++) {
            started.take();
        }
        CountDownLatch twoTurnsOn = new CountDownLatch(2);
        consumer.schedulePollTask(twoTurnsOn::countDown);
        consumer.schedulePollTask(twoTurnsOn::countDown);
        twoTurnsOn.await();

        WorkerLoad load = loop.load().read("w", "worker");
        assertThat(load.getInFlight()).isEqualTo(4);
        assertThat(load.getCapacity()).isEqualTo(4);
        assertThat(load.getLag()).isEqualTo(6 + 6);
        goOn.countDown();
        close(loop);
        assertThat(loop.load().read("w", "worker").getInFlight()).isZero();
    }

    private WorkerLoop loop(Work work) {
        WorkerLoop.RecordHandler handler = (record, delivery) -> {
            work.on(record);
            delivery.complete(List.of());
        };
        WorkerLoop loop =
                new WorkerLoop(consumer, List.of("t"), 4, threads, handler, deliveries, Clock.systemUTC(), NO_GRACE);
        deliveries.start(loop::stop);
        return loop;
    }

    @FunctionalInterface
    private interface Work {
        void on(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    private void assign(WorkerLoop loop, long... offsets) {
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(ZERO));
            for (long offset : offsets) {
                consumer.addRecord(new ConsumerRecord<>("t", 0, offset, null, new byte[0]));
            }
        });
        poller = new Thread(loop);
        poller.setUncaughtExceptionHandler((thread, problem) -> escaped.set(problem));
        poller.start();
    }

    private void close(WorkerLoop loop) throws InterruptedException {
        loop.close();
        poller.join();
    }

    private long committed(TopicPartition partition) {
        return ledger.positions.get(partition).offset();
    }

    /** Does not always know what the group has committed. */
    private static final class ForgetfulConsumer extends MockConsumer<byte[], byte[]> {

        final Queue<TimeoutException> unanswered = new ConcurrentLinkedQueue<>();
        private Map<TopicPartition, OffsetAndMetadata> before = Map.of();

        ForgetfulConsumer() {
            super("earliest");
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            if (!unanswered.isEmpty()) {
                throw unanswered.remove();
            }
            return before;
        }
    }
}
