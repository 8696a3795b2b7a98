package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConfigTest {

    @TempDir
    Path folder;

    @Test
    void shouldWorkOnThisMachineByDefault() {
        ServiceConfig config = config(Map.of());
        assertThat(config.getString("bootstrap.servers")).isEqualTo("localhost:9092");
        assertThat(config.topics().errorEvents().name()).isEqualTo("selfheal.error-events");
        assertThat(config.httpHost()).isEqualTo("127.0.0.1");
        assertThat(config.opsPort()).isZero();
        assertThat(config.retryPolicy()).isEqualTo(new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(20)));
    }

    @Test
    void shouldNameTheClosestKeyWhenOneIsUnknown() {
        assertThatThrownBy(() -> config(Map.of("bootstrap.server", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'bootstrap.server'")
                .hasMessageContaining("'bootstrap.servers'");
    }

    @ParameterizedTest
    @CsvSource({"http.port,65536", "http.port,-1", "retry.max.attempts,0", "bootstrap.servers,''", "ops.port,x"})
    void shouldNameTheKeyWhenItsValueIsInvalid(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldRefuseALongestWaitBelowTheShortest() {
        assertThatThrownBy(() -> config(Map.of("retry.backoff.ms", "50", "retry.backoff.max.ms", "49")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("retry.backoff.max.ms");
    }

    @Test
    void shouldTakeKeysUnderAServicesOpenPrefixes() {
        Map<String, String> values = Map.of("model.fast.url", "http://m");
        assertThat(new ServiceConfig(ServiceConfig.base(), values, List.of("model.")).originals())
                .containsKey("model.fast.url");
        assertThatThrownBy(() -> config(values)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldResolveSecretsThroughKafkasProviders() throws IOException {
        Path secrets = Files.writeString(folder.resolve("s.properties"), "user=me:secret\n");
        ServiceConfig config = config(Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                FileConfigProvider.class.getName(),
                "basic.auth.user.info",
                "${file:" + secrets + ":user}"));
        assertThat(config.getPassword("basic.auth.user.info").value()).isEqualTo("me:secret");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void shouldPassClientSettingsThrough() {
        KafkaClients clients = new KafkaClients(config(Map.of(
                "producer.linger.ms", "7",
                "consumer.max.poll.records", "9",
                "admin.retries", "3",
                "streams.num.stream.threads", "2",
                "security.protocol", "SSL",
                "ssl.truststore.location", "/t")));
        assertThat(clients.producer("p"))
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "all")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.location", "/t");
        assertThat(clients.consumer("c"))
                .containsEntry("max.poll.records", "9")
                .containsEntry("enable.auto.commit", false);
        assertThat(clients.admin("a")).containsEntry("retries", "3").doesNotContainKey("linger.ms");
        assertThat(clients.streams()).containsEntry("num.stream.threads", "2").containsKey("schema.registry.url");
    }

    @Test
    void shouldLeaveAssignmentToTheBrokerUnderTheNewGroupProtocol() {
        assertThat(new KafkaClients(config(Map.of("consumer.group.protocol", "CONSUMER"))).consumer("c"))
                .doesNotContainKey("partition.assignment.strategy");
        assertThat(new KafkaClients(config(Map.of())).consumer("c"))
                .hasEntrySatisfying(
                        "partition.assignment.strategy",
                        strategy -> assertThat(strategy.toString()).contains("CooperativeSticky"));
    }

    @Test
    void shouldUseTheConfiguredSerializer() {
        KafkaClients clients = new KafkaClients(config(Map.of("value.serializer", StringSerializer.class.getName())));
        assertThat(clients.<dev.selfheal.event.Feedback>valueSerializer()).isInstanceOf(StringSerializer.class);
    }

    @Test
    void shouldRenderEveryKeyForTheManual() {
        String manual = ConfigReference.markdown("Common", ServiceConfig.base());
        assertThat(manual).startsWith("## Common\n").contains("| `bootstrap.servers` | string | `localhost:9092` |");
        assertThat(ServiceConfig.base().names())
                .allSatisfy(key -> assertThat(manual).contains("`" + key + "`"));
        assertThat(manual.lines().filter(line -> line.startsWith("| `")))
                .hasSize(ServiceConfig.base().names().size());
    }

    private static ServiceConfig config(Map<String, String> values) {
        return new ServiceConfig(ServiceConfig.base(), values);
    }
}
