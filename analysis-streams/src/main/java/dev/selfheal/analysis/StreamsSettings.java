package dev.selfheal.analysis;

import dev.selfheal.analysis.deadletter.DeadLetterSettings;
import dev.selfheal.runtime.KafkaClients;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams runs the topology with. */
final class StreamsSettings {

    private StreamsSettings() {}

    /** Our settings, then whatever is configured under {@code streams.}. */
    @SuppressWarnings("deprecation") // the global handler's switch goes once it is always on; until then tables need it
    static Properties of(AnalysisConfig config) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        if (!config.getString(AnalysisConfig.STATE_DIR).isEmpty()) {
            settings.put(StreamsConfig.STATE_DIR_CONFIG, config.getString(AnalysisConfig.STATE_DIR));
        }
        // Under exactly-once this is what every hop between tasks costs.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50L);
        // Waiting for answers that are on the broker but not fetched yet would order nothing, they come over a hop; and
        // asking
        // costs Kafka 4.3 a formatted message per record and silent topic, a tenth of all time.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A dead letter holds the whole record and its error headers.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 << 20);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.putAll(DeadLetterSettings.of(config.topics()));
        Map<String, Object> configured = new KafkaClients(config).streams();
        settings.putAll(configured);
        return settings;
    }
}
