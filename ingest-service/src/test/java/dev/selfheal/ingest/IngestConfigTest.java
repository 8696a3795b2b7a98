package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.runtime.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestConfigTest {

    private static final Path MANUAL = Path.of("config", "ingest.properties");

    @Test
    void shouldHaveDefaults() {
        IngestConfig config = new IngestConfig(Map.of());

        assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config.acknowledgeWithin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.inAppPackages().of("cart")).isEmpty();
        assertThat(config.scrubPatterns()).isEmpty();
        assertThat(config.httpHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldTakeExplicitValues() {
        IngestConfig config = new IngestConfig(Map.of(
                IngestConfig.ACK_TIMEOUT_MS, "700",
                IngestConfig.MAX_FRAMES, "9",
                IngestConfig.IN_APP_PACKAGES, "org.example, cart=org.cart, cart=org.basket",
                IngestConfig.SCRUB_PATTERNS, "customer-\\d+\n\n iban [A-Z]+ "));

        assertThat(config.acknowledgeWithin()).isEqualTo(Duration.ofMillis(700));
        assertThat(config.limits().frames()).isEqualTo(9);
        assertThat(config.inAppPackages().of("cart")).containsExactly("org.cart", "org.basket");
        assertThat(config.inAppPackages().of("other")).containsExactly("org.example");
        assertThat(config.scrubPatterns()).extracting(Pattern::pattern).containsExactly("customer-\\d+", "iban [A-Z]+");
    }

    @Test
    void shouldGiveRequestsAnEighthOfTheHeap() {
        long eighth = Runtime.getRuntime().maxMemory() / 8;

        assertThat(new IngestConfig(Map.of(IngestConfig.MAX_REQUEST_BYTES, "1048576")).memoryBytes())
                .isEqualTo(Math.max(1 << 20, eighth));
    }

    @Test
    void shouldAlwaysHaveMemoryForTheLargestRequest() {
        int largest = 256 << 20;
        Map<String, String> large = Map.of(IngestConfig.MAX_REQUEST_BYTES, Integer.toString(largest));

        assertThat(new IngestConfig(large).memoryBytes()).isGreaterThanOrEqualTo(largest);
    }

    @Test
    void shouldRefuseLessMemoryThanTheLargestRequestNeeds() {
        assertThat(withMemory(1_000_000).memoryBytes()).isEqualTo(1_000_000);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> withMemory(999_999))
                .withMessageContaining(IngestConfig.MAX_MEMORY_BYTES)
                .withMessageContaining(IngestConfig.MAX_REQUEST_BYTES);
    }

    private static IngestConfig withMemory(long bytes) {
        return new IngestConfig(Map.of(
                IngestConfig.MAX_REQUEST_BYTES, "1000000",
                IngestConfig.MAX_EVENT_BYTES, "1000000",
                IngestConfig.MAX_MEMORY_BYTES, Long.toString(bytes)));
    }

    @Test
    void shouldNotLetTheProducerWaitLongerThanTheSender() {
        Map<String, Object> producer =
                new IngestConfig(Map.of(IngestConfig.ACK_TIMEOUT_MS, "700")).originalsWithPrefix("producer.");

        assertThat(producer).containsEntry("max.block.ms", "630").containsEntry("delivery.timeout.ms", "630");
    }

    @Test
    void shouldLeaveConfiguredProducerSettingsAlone() {
        IngestConfig config = new IngestConfig(Map.of("producer.delivery.timeout.ms", "60000"));

        assertThat(config.originalsWithPrefix("producer.")).containsEntry("delivery.timeout.ms", "60000");
    }

    @Test
    void shouldHandKafkasSecurityToEveryClient() {
        Map<String, String> security = Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"i\" password=\"p\";",
                "ssl.truststore.location", "/etc/selfheal/truststore.p12");
        KafkaClients clients = new KafkaClients(new IngestConfig(security));

        assertThat(clients.producer("ingest")).containsAllEntriesOf(security);
        assertThat(clients.admin("ingest")).containsAllEntriesOf(security);
    }

    @ParameterizedTest
    @CsvSource({
        "ingest.ack.timeout.ms, 5",
        "ingest.max.request.bytes, -1",
        "spool.max.bytes, 1048575",
        "projects, no-such-file.json",
        "ingest.max.event.bytes, 200000000",
        "ingest.in-app.packages, =org.example",
        "ingest.in-app.packages, cart=",
        "ingest.scrub.patterns, (",
        "ingest.max.dept, 5"
    })
    void shouldNameTheKeyThatIsWrong(String key, String value) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new IngestConfig(Map.of(key, value)))
                .withMessageContaining(key);
    }

    @Test
    void shouldAgreeWithTheManual(@TempDir Path folder) throws IOException {
        List<String> lines = Files.readAllLines(MANUAL);
        // Every commented setting, switched on: the manual must show the defaults, and nothing that is refused.
        Path enabled = Files.write(
                folder.resolve("all.properties"),
                lines.stream().map(line -> line.replaceFirst("^#(?=[a-z])", "")).toList());
        Map<String, String> values = ConfigLoader.load(Optional.of(enabled), Map.of());
        // Its default differs from machine to machine; the manual says so in words.
        values.compute(
                IngestConfig.SPOOL_DIRECTORY,
                (key, shown) -> new IngestConfig(Map.of()).getString(IngestConfig.SPOOL_DIRECTORY));
        IngestConfig config = new IngestConfig(values);

        assertThat(config.values()).isEqualTo(new IngestConfig(Map.of()).values());
        assertThat(config.originals().keySet())
                .containsAll(IngestConfig.definition().names().stream()
                        .filter(name -> name.startsWith("ingest.")
                                || name.startsWith("http.")
                                || name.startsWith("spool.")
                                || name.equals("projects"))
                        .toList());
    }
}
