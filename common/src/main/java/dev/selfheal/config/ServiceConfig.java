package dev.selfheal.config;

import dev.selfheal.runtime.RetryPolicy;
import dev.selfheal.serde.SelfhealAvroDeserializer;
import dev.selfheal.serde.SelfhealAvroSerializer;
import dev.selfheal.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * What every service is configured with. Subclasses add their own keys to {@link #base()}.
 *
 * <p>A key that is neither defined, nor a Kafka security setting, nor under a pass-through prefix is refused, so that a
 * typing error never passes for a default. Values may refer to Kafka's {@code config.providers}.
 */
public class ServiceConfig extends AbstractConfig {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    public static final String VALUE_SERIALIZER = "value.serializer";
    public static final String VALUE_DESERIALIZER = "value.deserializer";
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String OPS_PORT = "ops.port";
    public static final String RETRY_MAX_ATTEMPTS = "retry.max.attempts";
    public static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
    public static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";

    /** Settings under these go to Kafka's clients as they stand, without the prefix. */
    static final List<String> CLIENT_PREFIXES = List.of("producer.", "consumer.", "admin.", "streams.");

    private static final List<String> SECURITY_PREFIXES = List.of("security.", "ssl.", "sasl.");
    private static final String PROVIDERS = "config.providers";

    /**
     * @param definition {@link #base()} and the service's own keys
     * @param values file and environment, merged
     */
    public ServiceConfig(ConfigDef definition, Map<?, ?> values) {
        this(definition, values, List.of());
    }

    /**
     * @param openPrefixes prefixes under which the service takes keys that it cannot name beforehand, each with its dot,
     *     for example {@code model.}
     */
    public ServiceConfig(ConfigDef definition, Map<?, ?> values, List<String> openPrefixes) {
        super(definition, values, false);
        for (String key : originals().keySet()) {
            if (!definition.names().contains(key) && !isPassedThrough(key) && !startsWithAny(key, openPrefixes)) {
                throw new ConfigException("unknown configuration key '" + key + "'; the closest known one is '"
                        + ClosestKey.to(key, definition.names()) + "'");
            }
        }
        if (getLong(RETRY_BACKOFF_MAX_MS) < getLong(RETRY_BACKOFF_MS)) {
            throw new ConfigException(
                    RETRY_BACKOFF_MAX_MS, getLong(RETRY_BACKOFF_MAX_MS), "must not be below " + RETRY_BACKOFF_MS);
        }
    }

    /** A new definition with the common keys; the caller adds its own. */
    public static ConfigDef base() {
        return retries(http(registry(new ConfigDef()
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        "localhost:9092",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Kafka brokers to connect to first, host:port, comma-separated.")
                .define(
                        TOPIC_PREFIX,
                        Type.STRING,
                        Topics.DEFAULT_PREFIX,
                        Importance.MEDIUM,
                        "Put before every topic name."))));
    }

    private static ConfigDef registry(ConfigDef definition) {
        return definition
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.STRING,
                        "http://localhost:8081",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Schema registry with Confluent's API; several URLs are separated by commas.")
                .define(
                        AUTO_REGISTER_SCHEMAS,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Register schemas on first use; false where they are registered by a pipeline.")
                .define(
                        BASIC_AUTH_CREDENTIALS_SOURCE,
                        Type.STRING,
                        "URL",
                        ConfigDef.ValidString.in("URL", "USER_INFO"),
                        Importance.LOW,
                        "Where the registry's user and password stand: in its URL, or in basic.auth.user.info.")
                .define(
                        BASIC_AUTH_USER_INFO,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "user:password for the schema registry, with credentials source USER_INFO.")
                .define(
                        VALUE_SERIALIZER,
                        Type.CLASS,
                        SelfhealAvroSerializer.class,
                        Importance.LOW,
                        "Serializer of record values; Confluent's KafkaAvroSerializer writes the same bytes.")
                .define(
                        VALUE_DESERIALIZER,
                        Type.CLASS,
                        SelfhealAvroDeserializer.class,
                        Importance.LOW,
                        "Deserializer of record values; Confluent's KafkaAvroDeserializer reads the same bytes.");
    }

    private static ConfigDef http(ConfigDef definition) {
        return definition
                .define(
                        HTTP_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Address the service's HTTP servers listen on.")
                .define(
                        HTTP_PORT,
                        Type.INT,
                        0,
                        Range.between(0, 65535),
                        Importance.MEDIUM,
                        "Port of the service's own HTTP API, where it has one; 0 takes any free one.")
                .define(
                        OPS_PORT,
                        Type.INT,
                        0,
                        Range.between(0, 65535),
                        Importance.MEDIUM,
                        "Port of /health/live, /health/ready and /metrics; 0 takes any free one.");
    }

    private static ConfigDef retries(ConfigDef definition) {
        return definition
                .define(
                        RETRY_MAX_ATTEMPTS,
                        Type.INT,
                        5,
                        Range.between(1, 100),
                        Importance.MEDIUM,
                        "Tries of one message before it goes to the dead-letter topic, the first one included.")
                .define(
                        RETRY_BACKOFF_MS,
                        Type.LONG,
                        200L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Shortest wait between two tries, milliseconds.")
                .define(
                        RETRY_BACKOFF_MAX_MS,
                        Type.LONG,
                        20_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait between two tries, milliseconds.");
    }

    public Topics topics() {
        return new Topics(getString(TOPIC_PREFIX));
    }

    public String httpHost() {
        return getString(HTTP_HOST);
    }

    public int httpPort() {
        return getInt(HTTP_PORT);
    }

    public int opsPort() {
        return getInt(OPS_PORT);
    }

    /** How often and how fast a message is tried again. */
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(getInt(RETRY_MAX_ATTEMPTS), millis(RETRY_BACKOFF_MS), millis(RETRY_BACKOFF_MAX_MS));
    }

    /** Kafka's security settings, for every client alike. */
    public Map<String, Object> security() {
        Map<String, Object> settings = originals();
        settings.keySet().removeIf(key -> !startsWithAny(key, SECURITY_PREFIXES));
        return settings;
    }

    /** Reads a key defined as {@code LONG} milliseconds. */
    protected Duration millis(String key) {
        return Duration.ofMillis(getLong(key));
    }

    private static boolean isPassedThrough(String key) {
        return key.equals(PROVIDERS)
                || key.startsWith(PROVIDERS + ".")
                || startsWithAny(key, CLIENT_PREFIXES)
                || startsWithAny(key, SECURITY_PREFIXES);
    }

    private static boolean startsWithAny(String key, List<String> prefixes) {
        return prefixes.stream().anyMatch(key::startsWith);
    }
}
