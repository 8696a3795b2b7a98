package dev.selfheal.ingest.publish;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.topic.Topic;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes to the {@code error-events} topic, keyed by group: idempotent, {@code acks=all}. A sender that repeats an event
 * makes a second record; consumers drop it by its event id. Thread-safe.
 */
public final class KafkaEventPublisher implements EventPublisher {

    /** CloudEvents {@code source} of what the intake publishes. */
    public static final String SOURCE = "/selfheal/ingest-service";

    private final MessagePublisher publisher;
    private final Topic<ErrorEvent> topic;

    public KafkaEventPublisher(MessagePublisher publisher, Topic<ErrorEvent> topic) {
        this.publisher = publisher;
        this.topic = topic;
    }

    @Override
    public CompletableFuture<Void> publish(ErrorEvent event) {
        Envelope<ErrorEvent> message = Envelope.first(SOURCE, topic.keyOf(event), event.getReceivedAt(), event);
        return publisher.publish(topic, message).thenAccept(acknowledged -> {});
    }
}
