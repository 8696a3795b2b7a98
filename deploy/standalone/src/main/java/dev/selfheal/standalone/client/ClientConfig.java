package dev.selfheal.standalone.client;

import dev.selfheal.config.ServiceConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Where the commands beside a running stack read and send: Kafka and the registry as every service is told of them, and the read model. */
public final class ClientConfig extends ServiceConfig {

    public static final String QUERY_URL = "query.url";

    /** A person waits: an answer that is not there by then is none. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "producer.max.block.ms", "10000",
            "producer.request.timeout.ms", "10000",
            "producer.delivery.timeout.ms", "15000",
            "consumer.default.api.timeout.ms", "10000",
            "consumer.request.timeout.ms", "10000");

    /**
     * @throws ConfigException when a key is unknown or a value is wrong
     */
    public ClientConfig(Map<String, String> values) {
        super(definition(), withDefaults(values));
        queryUrl();
    }

    /** Base address of the read model. */
    public URI queryUrl() {
        String value = getString(QUERY_URL);
        try {
            URI url = URI.create(value);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(QUERY_URL, value, e.getMessage());
        }
        throw new ConfigException(QUERY_URL, value, "must be http://host:port");
    }

    private static ConfigDef definition() {
        return base().define(
                        QUERY_URL,
                        Type.STRING,
                        "http://127.0.0.1:8090",
                        Importance.HIGH,
                        "Read model of the analysis, http://host:port.");
    }

    private static Map<String, String> withDefaults(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(IMPATIENT);
        all.putAll(values);
        return all;
    }
}
