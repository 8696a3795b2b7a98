package dev.selfheal.ingest.publish;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.scrub.ScrubCount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one path from a draft to the topic, for every protocol. Thread-safe. */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** The spool is full, or the disk fails: neither passes within seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final EventAssembler assembler;
    private final EventPublisher publisher;
    private final Clock clock;
    private final IngestMeters meters;

    public Intake(EventAssembler assembler, EventPublisher publisher, Clock clock, IngestMeters meters) {
        this.assembler = assembler;
        this.publisher = publisher;
        this.clock = clock;
        this.meters = meters;
    }

    /** Completes within the publisher's bound, exceptionally only on a bug of ours. */
    public CompletableFuture<Receipt> accept(ErrorEventDraft draft) {
        Instant receivedAt = clock.instant();
        ScrubCount scrubbed = new ScrubCount();
        ErrorEvent event = assembler.assemble(draft, receivedAt, scrubbed);
        meters.scrubbed(scrubbed.byKind());
        return publisher
                .publish(event)
                .handle((done, failure) -> receipt(event, failure))
                .whenComplete((receipt, bug) -> meters.published(Duration.between(receivedAt, clock.instant())));
    }

    private Receipt receipt(ErrorEvent event, Throwable failure) {
        IntakeProtocol protocol = event.getProtocol();
        if (failure == null) {
            meters.event(protocol, Outcome.ACCEPTED);
            return new Receipt.Accepted(event.getEventId(), event.getGroup());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RecordTooLargeException) {
            meters.event(protocol, Outcome.TOO_LARGE);
            return new Receipt.TooLarge();
        }
        meters.event(protocol, Outcome.OVERLOADED);
        LOG.warn("event {} of {} was not stored: {}", event.getEventId(), event.getService(), cause.toString());
        return new Receipt.Overloaded(RETRY_AFTER);
    }
}
