package dev.selfheal.standalone.cli;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.standalone.client.ClientConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Options that say where the topics and the registry of a running Selfheal are. */
final class KafkaConnection {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties as a service has them (bootstrap.servers, schema.registry.url, security), and"
                    + " query.url; 'selfheal up --data DIR' writes DIR/client.properties. SELFHEAL_… in the environment"
                    + " overrides.")
    private Path file;

    @Option(
            names = {"--kafka", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            description = "Brokers, instead of bootstrap.servers. Default: localhost:9092.")
    private String kafka;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, instead of schema.registry.url. Default: http://localhost:8081.")
    private String registry;

    ClientConfig config() throws CommandFailure {
        return config(Map.of());
    }

    /**
     * @param given by other options; wins
     */
    ClientConfig config(Map<String, String> given) throws CommandFailure {
        Logging.toStandardError();
        try {
            Map<String, String> values = ConfigLoader.load(Optional.ofNullable(file), System.getenv());
            Optional.ofNullable(kafka).ifPresent(servers -> values.put(ClientConfig.BOOTSTRAP_SERVERS, servers));
            Optional.ofNullable(registry).ifPresent(url -> values.put(ClientConfig.SCHEMA_REGISTRY_URL, url));
            values.putAll(given);
            return new ClientConfig(values);
        } catch (ConfigException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
