package dev.selfheal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingWhenProducingRightAfterCreation() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS)) {
            for (int round = 0; round < 10; round++) {
                Topics fresh = new Topics("round" + round + ".");
                cluster.createTopics(fresh);
                String topic = fresh.errorEvents().name();

                TestClient.produce(cluster.bootstrapServers(), topic, 0, 200);

                assertThat(TestClient.read(cluster.bootstrapServers(), topic, 200))
                        .doesNotHaveDuplicates()
                        .hasSize(200);
            }
        }
    }

    @Test
    void shouldCreateEveryTopicWithItsDeadLetterTopic() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS);
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            List<String> names = TOPICS.all().stream()
                    .flatMap(t -> List.of(t.name(), t.deadLetterName()).stream())
                    .toList();

            Map<String, TopicDescription> found =
                    admin.describeTopics(names).allTopicNames().get();

            assertThat(found.values())
                    .hasSize(2 * TOPICS.all().size())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(2));
        }
    }

    @Test
    void shouldLeaveTopicsAloneWhenTheyExist() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS)) {
            Topic<?> topic = TOPICS.errorEvents();
            TestClient.produce(cluster.bootstrapServers(), topic.name(), 0, 5);

            cluster.createTopics(TOPICS);

            assertThat(TestClient.read(cluster.bootstrapServers(), topic.name(), 5))
                    .hasSize(5);
        }
    }

    @Test
    void shouldKeepRecordsWhenBrokerIsStoppedAndStarted() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS)) {
            String topic = TOPICS.errorEvents().name();
            TestClient.produce(cluster.bootstrapServers(), topic, 0, 50);

            cluster.stopBroker();
            cluster.startBroker();
            TestClient.produce(cluster.bootstrapServers(), topic, 50, 60);

            assertThat(TestClient.read(cluster.bootstrapServers(), topic, 60))
                    .hasSize(60)
                    .contains("value-0", "value-59");
        }
    }

    @Test
    void shouldContinueWhereItWasLeftWhenStartedOnAnExistingDirectory() throws Exception {
        String topic = TOPICS.errorEvents().name();
        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS)) {
            TestClient.produce(cluster.bootstrapServers(), topic, 0, 50);
        }

        try (LocalCluster cluster = LocalCluster.start(directory, TOPICS)) {
            assertThat(TestClient.read(cluster.bootstrapServers(), topic, 50)).hasSize(50);
        }
    }

    @Test
    void shouldRunTheBrokerInAChildThatCanBeRestarted() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(ClusterOptions.childJvm(directory), TOPICS)) {
            String topic = TOPICS.errorEvents().name();
            TestClient.produce(cluster.bootstrapServers(), topic, 0, 50);

            cluster.stopBroker();
            cluster.startBroker();

            assertThat(Set.copyOf(TestClient.read(cluster.bootstrapServers(), topic, 50)))
                    .hasSize(50);
        }
    }
}
