package dev.selfheal.analysis.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageWaitTest {

    private static final RetryPolicy POLICY = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private final List<Alert> read = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private LocalRegistry registry;
    private int port;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), folder.resolve("schemas"));
        port = URI.create(registry.url()).getPort();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldReadValueWhenRegistryComesBack() {
        KafkaClients clients =
                new KafkaClients(new AnalysisConfig(Map.of(AnalysisConfig.SCHEMA_REGISTRY_URL, registry.url())));
        Alert alert = Alert.newBuilder()
                .setAlertId("a1")
                .setName("Any")
                .setLevel(AlertLevel.INFO)
                .setSubject("any")
                .setMessage("any")
                .setAt(Instant.EPOCH)
                .build();
        byte[] bytes = clients.<Alert>valueSerializer().serialize("alerts", alert);
        Deserializer<Alert> alerts = clients.valueDeserializer(Alert.class);
        registry.close();

        new OutageWait(POLICY, this::comeBackWithSecondWait)
                .during("table alerts", () -> read.add(alerts.deserialize("alerts", bytes)));

        assertThat(waits).hasSize(2);
        assertThat(read).containsExactly(alert);
    }

    private void comeBackWithSecondWait(Duration wait) {
        waits.add(wait);
        if (waits.size() == 2) {
            registry = LocalRegistry.start(OptionalInt.of(port), folder.resolve("schemas"));
        }
    }
}
