package dev.selfheal.analysis;

import dev.selfheal.analysis.deadletter.DeadLetterSettings;
import dev.selfheal.runtime.KafkaClients;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.LogAndSkipOnInvalidTimestamp;

/** What Kafka Streams runs the topology with. */
final class StreamsSettings {

    private static final String STREAMS_PROTOCOL = "streams";
    /** Brokers refuse less than 6 s unless told otherwise; Kafka's default is 45 s. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    private static final long LEAST_PROBING_INTERVAL_MS = 60_000;

    private StreamsSettings() {}

    /** Our settings, then whatever is configured under {@code streams.}. */
    @SuppressWarnings("deprecation") // the global handler's switch goes once it is always on; until then tables need it
    static Properties of(AnalysisConfig config) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // A record from before 1970 is nobody's event; by default it would end the thread that reads it, again and
        // again.
        settings.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LogAndSkipOnInvalidTimestamp.class.getName());
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
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A dead letter holds the whole record and its error headers.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 << 20);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.putAll(DeadLetterSettings.of(config.topics()));
        Map<String, Object> configured = new KafkaClients(config).streams();
        if (!STREAMS_PROTOCOL.equalsIgnoreCase(String.valueOf(configured.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)))) {
            settings.putAll(membership(config));
        }
        settings.putAll(configured);
        return settings;
    }

    /** The group's members decide themselves how soon a killed one is missed; under the newer protocol the broker does. */
    private static Map<String, Object> membership(AnalysisConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), SESSION_TIMEOUT_MS / 5);
        // A restarted instance whose state is far behind is warmed up first; this is how soon that is looked at again.
        settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, LEAST_PROBING_INTERVAL_MS);
        if (!config.instanceId().isEmpty()) {
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        }
        return settings;
    }
}
