package dev.selfheal.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTopicTest {

    @Test
    void shouldTellThatItsThreadHasEnded() {
        JsonTopic topic = topic();
        topic.start();
        assertThat(topic.isAlive()).isTrue();

        topic.close();
        assertThat(topic.isAlive()).isFalse();
        assertThat(topic.describe()).startsWith("its thread has ended");
    }

    private static JsonTopic topic() {
        IngestConfig config = new IngestConfig(
                Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        IngestMeters meters = new IngestMeters(registry);
        Scrubber scrubber = new Scrubber(List.of());
        EventAssembler assembler = new EventAssembler(InAppPackages.parse(List.of()), scrubber);
        JsonErrors errors = new JsonErrors(config.limits(), assembler, scrubber, Clock.systemUTC(), meters);
        return new JsonTopic(new KafkaClients(config), config.topics(), errors, meters, registry);
    }
}
