package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class CompactedTableIT {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static LocalCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = LocalCluster.start(new Topics("table-it."));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void shouldHaveTheNewestValuesWhenStartReturns() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "newest.", Map.of());
        publish(at, "a", BreakerPosition.CLOSED);
        publish(at, "b", BreakerPosition.CLOSED);
        publish(at, "a", BreakerPosition.OPEN);
        try (CompactedTable<BreakerState> table = new CompactedTable<>(at.clients, at.topics.breakerStates())) {
            table.start();
            assertThat(table.get("SERVICE:a").orElseThrow().getPosition()).isEqualTo(BreakerPosition.OPEN);
            assertThat(table.snapshot()).containsOnlyKeys("SERVICE:a", "SERVICE:b");
            assertThat(table.get("SERVICE:c")).isEmpty();
            assertThat(table.isHealthy()).isTrue();
        }
    }

    @Test
    void shouldStartWhenTheTopicIsEmpty() {
        TestInstallation at = new TestInstallation(cluster, "empty.", Map.of());
        try (CompactedTable<BreakerState> table = new CompactedTable<>(at.clients, at.topics.breakerStates())) {
            table.start();
            assertThat(table.snapshot()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheLastGoodValueAndDeadLetterAPoisonUpdate() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "bad.", Map.of());
        publish(at, "a", BreakerPosition.OPEN);
        try (CompactedTable<BreakerState> table = new CompactedTable<>(at.clients, at.topics.breakerStates())) {
            table.start();
            byte[] key = "SERVICE:a".getBytes(StandardCharsets.UTF_8);
            at.put(at.topics.breakerStates().name(), 0, key, new byte[] {9});
            assertThat(at.recordsOnceThereAre(at.topics.breakerStates().deadLetterName(), 1))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).containsExactly(9));
            assertThat(table.get("SERVICE:a").orElseThrow().getPosition()).isEqualTo(BreakerPosition.OPEN);
        }
    }

    @Test
    void shouldKeepTheLastGoodValueAndReadOnWhenARecordIsUnderAnotherKey() throws Exception {
        TestInstallation at = new TestInstallation(cluster, "stray.", Map.of());
        String name = at.topics.breakerStates().name();
        publish(at, "a", BreakerPosition.OPEN);
        byte[] good = at.recordsOnceThereAre(name, 1).get(0).value();
        try (CompactedTable<BreakerState> table = new CompactedTable<>(at.clients, at.topics.breakerStates())) {
            table.start();
            at.put(name, 0, "k".getBytes(StandardCharsets.UTF_8), good);
            at.put(name, 0, new byte[0], good);
            at.put(name, 0, "k".getBytes(StandardCharsets.UTF_8), null);
            at.put(name, 0, new byte[] {(byte) 0xff}, new byte[] {9});

            assertThat(at.recordsOnceThereAre(at.topics.breakerStates().deadLetterName(), 3))
                    .hasSize(3);
            assertThat(table.isHealthy()).isTrue();
            assertThat(table.isCurrent("SERVICE:a")).isTrue();
            assertThat(table.snapshot()).containsOnlyKeys("SERVICE:a");
        }
    }

    private static void publish(TestInstallation at, String service, BreakerPosition position)
            throws InterruptedException {
        BreakerState state = BreakerState.newBuilder()
                .setScope(BreakerScope.SERVICE)
                .setName(service)
                .setPosition(position)
                .setSince(NOW)
                .build();
        try (MessagePublisher publisher = new MessagePublisher(at.clients, "test")) {
            publisher.publishAll(List.of(new Outgoing<>(
                    at.topics.breakerStates(), Envelope.first("/test", "SERVICE:" + service, NOW, state))));
        }
    }
}
