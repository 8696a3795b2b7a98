package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.standalone.review.DecisionSender;
import dev.selfheal.standalone.review.ReadModelClient;
import dev.selfheal.standalone.review.ReviewDesk;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say where a running Selfheal is. */
final class ReviewConnection {

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    @Option(
            names = "--read",
            paramLabel = "URL",
            description = "The read model, instead of query.url. Default: http://127.0.0.1:8090.")
    private String readModel;

    ReadModelClient readModel() throws CommandFailure {
        return new ReadModelClient(config().queryUrl());
    }

    ReviewDesk desk() throws CommandFailure {
        return new ReviewDesk(readModel(), new DecisionSender(config()), Clock.systemUTC());
    }

    private ClientConfig config() throws CommandFailure {
        return kafka.config(readModel == null ? Map.of() : Map.of(ClientConfig.QUERY_URL, readModel));
    }
}
