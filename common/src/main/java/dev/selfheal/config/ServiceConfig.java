package dev.selfheal.config;

import dev.selfheal.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What every service is configured with. Subclasses add their own keys to {@link #base()}. */
public class ServiceConfig extends AbstractConfig {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";

    public ServiceConfig(ConfigDef definition, Map<?, ?> values) {
        super(definition, values, false);
    }

    /** A new definition with the common keys; the caller adds its own. */
    public static ConfigDef base() {
        return new ConfigDef()
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        "localhost:9092",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Kafka brokers to connect to first, host:port, comma-separated.")
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.STRING,
                        "http://localhost:8081",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Schema registry with Confluent's API.")
                .define(
                        TOPIC_PREFIX,
                        Type.STRING,
                        Topics.DEFAULT_PREFIX,
                        Importance.MEDIUM,
                        "Put before every topic name.")
                .define(
                        HTTP_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        Importance.MEDIUM,
                        "Address the service's HTTP server listens on.")
                .define(
                        HTTP_PORT,
                        Type.INT,
                        0,
                        ConfigDef.Range.between(0, 65535),
                        Importance.MEDIUM,
                        "Port of the service's HTTP server (health, metrics, and the service's own API); 0 takes any free one.");
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

    /** Reads a key defined as {@code LONG} milliseconds. */
    protected Duration millis(String key) {
        return Duration.ofMillis(getLong(key));
    }
}
