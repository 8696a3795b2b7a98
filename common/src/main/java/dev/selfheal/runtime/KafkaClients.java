package dev.selfheal.runtime;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.serde.SelfhealAvroDeserializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes Kafka clients from a service's configuration: serdes, security and pass-through settings in one place. What is
 * configured under {@code producer.}, {@code consumer.}, {@code admin.} or {@code streams.} wins over our defaults.
 */
public final class KafkaClients {

    private static final String GROUP_PROTOCOL = "group.protocol";
    /** Above the broker's default of 1 MiB, so that a dead letter can hold the largest record and its error headers. */
    private static final int MAX_REQUEST_BYTES = 2 << 20;

    /** A transaction here holds answers that are ready: it takes milliseconds. Kafka Streams uses the same. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

    private final ServiceConfig config;

    public KafkaClients(ServiceConfig config) {
        this.config = config;
    }

    /** Settings of every client: brokers and security. */
    public Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(config.security());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.getString(ServiceConfig.BOOTSTRAP_SERVERS));
        return settings;
    }

    /** Settings of a serde: where the registry is, and how to use it. */
    public Map<String, Object> serde() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ServiceConfig.SCHEMA_REGISTRY_URL, config.getString(ServiceConfig.SCHEMA_REGISTRY_URL));
        settings.put(ServiceConfig.AUTO_REGISTER_SCHEMAS, config.getBoolean(ServiceConfig.AUTO_REGISTER_SCHEMAS));
        settings.put(
                ServiceConfig.BASIC_AUTH_CREDENTIALS_SOURCE,
                config.getString(ServiceConfig.BASIC_AUTH_CREDENTIALS_SOURCE));
        settings.put(
                ServiceConfig.BASIC_AUTH_USER_INFO,
                config.getPassword(ServiceConfig.BASIC_AUTH_USER_INFO).value());
        settings.put("specific.avro.reader", true);
        return settings;
    }

    /** Settings of an idempotent producer that waits for every in-sync replica; serializers are not among them. */
    public Map<String, Object> producer(String clientId) {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Somebody waits for each acknowledgement. Under load, requests in flight make batches by themselves.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.putAll(config.originalsWithPrefix("producer."));
        return settings;
    }

    /** Settings of a consumer that never commits by itself; deserializers and the group are not among them. */
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putAll(config.originalsWithPrefix("consumer."));
        if (!"consumer".equalsIgnoreCase(String.valueOf(settings.get(GROUP_PROTOCOL)))) {
            // A rebalance then takes away only what moves; the newer protocol does so by itself and refuses the
            // setting.
            settings.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return settings;
    }

    /** Settings of an admin client. */
    public Map<String, Object> admin(String clientId) {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.putAll(config.originalsWithPrefix("admin."));
        return settings;
    }

    /** Settings of a Kafka Streams application; its own defaults and serdes are the caller's. */
    public Map<String, Object> streams() {
        Map<String, Object> settings = common();
        settings.putAll(serde());
        settings.putAll(config.originalsWithPrefix("streams."));
        return settings;
    }

    /** The consumer group, or Streams application, of this name; installations with different prefixes do not share it. */
    public String groupId(String name) {
        return config.getString(ServiceConfig.TOPIC_PREFIX) + name;
    }

    public Admin newAdmin(String clientId) {
        return Admin.create(admin(clientId));
    }

    /** A consumer of bytes: whoever processes records decides what to do with those it cannot read. */
    public Consumer<byte[], byte[]> newConsumer(String clientId, Map<String, Object> overrides) {
        Map<String, Object> settings = consumer(clientId);
        settings.putAll(overrides);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public Producer<byte[], byte[]> newProducer(String clientId) {
        return new KafkaProducer<>(producer(clientId), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A producer whose transactions are not left open for long when it dies: until the broker has aborted them, their
     * readers wait.
     *
     * @param transactionalId unique among those alive
     */
    public Producer<byte[], byte[]> newTransactionalProducer(String clientId, String transactionalId) {
        Map<String, Object> settings = producer(clientId);
        settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The configured serializer of values, set up. */
    @SuppressWarnings("unchecked") // a serializer of records takes every record; Kafka's configuration is untyped
    public <T extends SpecificRecord> Serializer<T> valueSerializer() {
        Serializer<T> serializer = config.getConfiguredInstance(ServiceConfig.VALUE_SERIALIZER, Serializer.class);
        serializer.configure(serde(), false);
        return serializer;
    }

    /** The configured deserializer of values, set up. Ours also refuses records of another type than this. */
    @SuppressWarnings("unchecked") // a foreign deserializer yields what the writer's schema names
    public <T extends SpecificRecord> Deserializer<T> valueDeserializer(Class<T> type) {
        Deserializer<T> deserializer =
                config.getClass(ServiceConfig.VALUE_DESERIALIZER) == SelfhealAvroDeserializer.class
                        ? new SelfhealAvroDeserializer<>(type)
                        : config.getConfiguredInstance(ServiceConfig.VALUE_DESERIALIZER, Deserializer.class);
        deserializer.configure(serde(), false);
        return deserializer;
    }

    /** Both of the above, for Kafka Streams. */
    public <T extends SpecificRecord> Serde<T> valueSerde(Class<T> type) {
        return Serdes.serdeFrom(valueSerializer(), valueDeserializer(type));
    }

    /** How often and how fast a message is tried again. */
    public RetryPolicy retryPolicy() {
        return config.retryPolicy();
    }
}
