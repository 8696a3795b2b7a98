package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class WorkerIT {

    private static LocalCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = LocalCluster.start(new Topics("worker-it."));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void shouldDeadLetterAPoisonRecordAndProcessTheNext() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "poison.", Map.of());
        byte[] key = bytes("case-0");
        at.decide("first");
        // Its schema id, so that the bytes alone are at fault.
        byte[] poison = Arrays.copyOf(
                at.recordsOnceThereAre(at.topics.reviewDecisions().name(), 1)
                        .get(0)
                        .value(),
                7);
        poison[5] = -1;
        poison[6] = -1;
        at.put(at.topics.reviewDecisions().name(), 0, key, poison);
        at.decide("second");
        try (Worker<ReviewDecision> worker = worker(at, 4, message -> List.of(at.answerTo(message)))) {
            worker.start();
            assertThat(at.alertsOnceThereAre(2)).containsExactlyInAnyOrder("first", "second");
            ConsumerRecord<byte[], byte[]> letter = at.recordsOnceThereAre(
                            at.topics.reviewDecisions().deadLetterName(), 1)
                    .get(0);
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(header(letter, "__streams.errors.topic")).isEqualTo("poison.review-decisions");
            assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(letter, "__streams.errors.offset")).matches("\\d+");
            assertThat(header(letter, "__streams.errors.exception")).contains("SerializationException");
            assertThat(header(letter, "__streams.errors.message")).contains("does not fit schema");
            assertThat(header(letter, "__streams.errors.stacktrace")).contains("SelfhealAvroDeserializer");
            assertThat(header(letter, "selfheal.error.code")).isEqualTo("MALFORMED_RECORD");
            assertThat(worker.isHealthy()).isTrue();
        }
        assertThat(at.committed("poison.worker", at.topics.reviewDecisions())).isEqualTo(3);
    }

    @Test
    void shouldAnswerEachRecordOnceWhenAWorkerDiesInTheMiddle() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "crash.", Map.of());
        String[] cases = IntStream.range(0, 60).mapToObj(i -> "case-" + i).toArray(String[]::new);
        at.decide(cases);
        AtomicInteger handled = new AtomicInteger();
        try (Worker<ReviewDecision> dying = worker(at, 8, message -> {
            if (handled.incrementAndGet() == 20) {
                throw new OutOfMemoryError("what kills the worker");
            }
            return List.of(at.answerTo(message));
        })) {
            dying.start();
            at.alertsOnceThereAre(10);
        }
        try (Worker<ReviewDecision> next = worker(at, 8, message -> List.of(at.answerTo(message)))) {
            next.start();
            assertThat(at.alertsOnceThereAre(cases.length)).containsExactlyInAnyOrder(cases);
        }
        assertThat(at.committed("crash.worker", at.topics.reviewDecisions())).isEqualTo(cases.length);
        assertThat(at.alertsOnceThereAre(cases.length)).hasSize(cases.length);
    }

    @Test
    void shouldWorkOnManyRecordsOfOnePartitionAtOnce() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "skew.", Map.of());
        String[] oneKey = IntStream.range(0, 40).mapToObj(i -> "same-case").toArray(String[]::new);
        at.decide(oneKey);
        CyclicBarrier twentyAtOnce = new CyclicBarrier(20);
        try (Worker<ReviewDecision> worker = worker(at, 20, message -> {
            meet(twentyAtOnce);
            return List.of(at.answerTo(message));
        })) {
            worker.start();
            assertThat(at.alertsOnceThereAre(40)).hasSize(40);
        }
        assertThat(at.committed("skew.worker", at.topics.reviewDecisions())).isEqualTo(40);
    }

    @Test
    void shouldShareWorkAndLoseNothingWhenASecondWorkerJoinsAndLeaves() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "join.", Map.of());
        MessageHandler<ReviewDecision> handler = message -> List.of(at.answerTo(message));
        String[] cases = IntStream.range(0, 200).mapToObj(i -> "case-" + i).toArray(String[]::new);
        try (Worker<ReviewDecision> first = worker(at, 4, handler)) {
            first.start();
            at.decide(java.util.Arrays.copyOfRange(cases, 0, 100));
            try (Worker<ReviewDecision> second = worker(at, 4, handler)) {
                second.start();
                at.decide(java.util.Arrays.copyOfRange(cases, 100, 200));
                at.alertsOnceThereAre(150);
            }
            assertThat(at.alertsOnceThereAre(cases.length)).containsExactlyInAnyOrder(cases);
            assertThat(first.isHealthy()).isTrue();
        }
        assertThat(at.alertsOnceThereAre(cases.length)).hasSize(cases.length);
    }

    @Test
    void shouldGoOnAfterTheBrokerWasAway() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "outage.", Map.of());
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        at.decide("case-1");
        try (Worker<ReviewDecision> worker = worker(at, 1, message -> {
            working.countDown();
            goOn.await();
            return List.of(at.answerTo(message));
        })) {
            worker.start();
            working.await();
            cluster.stopBroker();
            goOn.countDown();
            cluster.startBroker();
            at.decide("case-2");
            assertThat(at.alertsOnceThereAre(2)).containsExactlyInAnyOrder("case-1", "case-2");
            assertThat(worker.isHealthy()).isTrue();
        }
    }

    private static Worker<ReviewDecision> worker(
            TestInstallation at, int concurrency, MessageHandler<ReviewDecision> handler) {
        return new Worker<>(
                "worker",
                at.clients,
                List.of(at.topics.reviewDecisions()),
                concurrency,
                handler,
                new SimpleMeterRegistry(),
                at.topics.workerLoads());
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the records were not worked on at once", e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
