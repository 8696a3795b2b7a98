package dev.selfheal.standalone.cli;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.standalone.review.DecisionSender;
import dev.selfheal.standalone.review.ReadModelClient;
import dev.selfheal.standalone.review.ReviewConfig;
import dev.selfheal.standalone.review.ReviewDesk;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Options that say where a running Selfheal is. */
final class ReviewConnection {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties as a service has them (bootstrap.servers, schema.registry.url, security), and"
                    + " query.url; 'selfheal up --data DIR' writes DIR/client.properties. SELFHEAL_… in the environment"
                    + " overrides.")
    private Path file;

    @Option(
            names = "--read",
            paramLabel = "URL",
            description = "The read model, instead of query.url. Default: http://127.0.0.1:8090.")
    private String readModel;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Brokers, instead of bootstrap.servers. Default: localhost:9092.")
    private String kafka;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, instead of schema.registry.url. Default: http://localhost:8081.")
    private String registry;

    ReadModelClient readModel() throws CommandFailure {
        return new ReadModelClient(config().queryUrl());
    }

    ReviewDesk desk() throws CommandFailure {
        return new ReviewDesk(readModel(), new DecisionSender(config()), Clock.systemUTC());
    }

    private ReviewConfig config() throws CommandFailure {
        Logging.toStandardError();
        try {
            Map<String, String> values = ConfigLoader.load(Optional.ofNullable(file), System.getenv());
            Optional.ofNullable(readModel).ifPresent(url -> values.put(ReviewConfig.QUERY_URL, url));
            Optional.ofNullable(kafka).ifPresent(servers -> values.put(ReviewConfig.BOOTSTRAP_SERVERS, servers));
            Optional.ofNullable(registry).ifPresent(url -> values.put(ReviewConfig.SCHEMA_REGISTRY_URL, url));
            return new ReviewConfig(values);
        } catch (ConfigException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
