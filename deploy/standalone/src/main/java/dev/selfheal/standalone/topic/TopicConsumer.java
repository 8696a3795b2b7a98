package dev.selfheal.standalone.topic;

import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.standalone.client.ClientConfig;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that leave nothing behind: no group, no positions, and no topic that was asked for by mistake. */
final class TopicConsumer {

    private static final String CLIENT_ID = "selfheal-topic";
    /** Of a group, which there is none of. */
    private static final Set<String> OF_GROUPS = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    private TopicConsumer() {}

    static Consumer<byte[], byte[]> open(ClientConfig config) throws TopicException {
        Map<String, Object> settings = new KafkaClients(config).consumer(CLIENT_ID);
        settings.keySet().removeAll(OF_GROUPS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new TopicException("cannot connect to " + brokers(config) + ": " + why.getMessage(), e);
        }
    }

    static TopicException unanswered(ClientConfig config, KafkaException why) {
        return new TopicException(
                "the brokers at " + brokers(config) + " do not answer as they should: " + why.getMessage(), why);
    }

    static String brokers(ClientConfig config) {
        return config.getString(ClientConfig.BOOTSTRAP_SERVERS);
    }
}
