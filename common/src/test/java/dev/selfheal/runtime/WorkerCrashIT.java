package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class WorkerCrashIT {

    private static final Map<String, String> SOON_NOTICED = Map.of(
            "consumer.session.timeout.ms", "2000",
            "consumer.heartbeat.interval.ms", "500",
            "producer.transaction.timeout.ms", "1000");

    @TempDir
    private Path temp;

    private LocalCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = LocalCluster.start(new Topics("crash-it."));
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void shouldAnswerEachRecordOnceWhenWorkersDieBetweenPublishingAndCommitting() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "crash-it.", SOON_NOTICED);
        String[] cases = IntStream.range(0, 40).mapToObj(i -> "case-" + i).toArray(String[]::new);
        at.decide(cases);
        for (int answer : new int[] {1, 9}) {
            MortalWorker.runUntilItDies(at.settings, answer, temp.resolve("worker.log"));
        }
        try (Worker<ReviewDecision> next = new Worker<>(
                "worker",
                at.clients,
                List.of(at.topics.reviewDecisions()),
                4,
                message -> List.of(TestInstallation.answerTo(at.topics, message)),
                new SimpleMeterRegistry(),
                at.topics.workerLoads())) {
            next.start();
            assertThat(at.alertsOnceThereAre(cases.length)).containsExactlyInAnyOrder(cases);
        }
        assertThat(at.alertsOnceThereAre(cases.length)).hasSize(cases.length);
        assertThat(at.committed("crash-it.worker", at.topics.reviewDecisions())).isEqualTo(cases.length);
        assertThat(at.uncommittedToo(at.topics.alerts().name()))
                .as("what the dead had published is there, and aborted")
                .isGreaterThan(cases.length);
    }
}
