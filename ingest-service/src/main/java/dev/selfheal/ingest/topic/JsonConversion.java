package dev.selfheal.ingest.topic;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.ingest.publish.KafkaEventPublisher;
import dev.selfheal.runtime.MessageHandler;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** From an error of the JSON topic to the event on the topic of events, counted when readers can see it. Thread-safe. */
final class JsonConversion implements MessageHandler<ErrorEvent> {

    private final Topic<ErrorEvent> to;
    private final IngestMeters meters;

    JsonConversion(Topic<ErrorEvent> to, IngestMeters meters) {
        this.to = to;
        this.meters = meters;
    }

    @Override
    public List<Outgoing<?>> handle(Envelope<ErrorEvent> message) {
        ErrorEvent event = message.data().getEventId().isEmpty() ? withId(message) : message.data();
        return List.of(new Outgoing<>(
                to, Envelope.first(KafkaEventPublisher.SOURCE, to.keyOf(event), event.getReceivedAt(), event)));
    }

    @Override
    public void answered(Envelope<ErrorEvent> message) {
        meters.event(IntakeProtocol.KAFKA, Outcome.ACCEPTED);
    }

    @Override
    public void deadLettered(Envelope<ErrorEvent> message, HealingException why) {
        boolean tooLarge = why.getCause() instanceof RecordTooLargeException;
        meters.event(IntakeProtocol.KAFKA, tooLarge ? Outcome.TOO_LARGE : Outcome.REFUSED);
    }

    private static ErrorEvent withId(Envelope<ErrorEvent> message) {
        byte[] position = (message.source() + " " + message.id()).getBytes(StandardCharsets.UTF_8);
        return ErrorEvent.newBuilder(message.data())
                .setEventId(UUID.nameUUIDFromBytes(position).toString())
                .build();
    }
}
