package dev.selfheal.standalone.review;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.standalone.client.ClientConfig;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Puts a decision on its topic. */
public final class DecisionSender {

    private static final String SOURCE = "/selfheal/review";
    private static final String CLIENT_ID = "selfheal-review";

    private final ClientConfig config;

    public DecisionSender(ClientConfig config) {
        this.config = config;
    }

    /** Returns when the brokers have it for good. */
    public void send(ReviewDecision decision) throws ReviewException, InterruptedException {
        Envelope<ReviewDecision> message =
                Envelope.first(SOURCE, decision.getGroup(), decision.getDecidedAt(), decision);
        try (MessagePublisher publisher = new MessagePublisher(new KafkaClients(config), CLIENT_ID)) {
            publisher.publishAll(List.of(new Outgoing<>(config.topics().reviewDecisions(), message)));
        } catch (KafkaException e) {
            throw new ReviewException(
                    "the decision did not reach "
                            + config.topics().reviewDecisions().name() + " at "
                            + config.getString(ClientConfig.BOOTSTRAP_SERVERS) + ": " + e.getMessage(),
                    e);
        }
    }
}
