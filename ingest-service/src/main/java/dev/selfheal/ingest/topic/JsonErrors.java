package dev.selfheal.ingest.topic;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.json.ParsedEvent;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.runtime.RecordForm;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.time.Clock;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes of a JSON value the event that is published: parsed, scrubbed and grouped as one that came over HTTP. An event whose
 * sender gave it no id has the empty one. Thread-safe.
 */
public final class JsonErrors implements Deserializer<ErrorEvent> {

    private final JsonEventParser parser;
    private final EventAssembler assembler;
    private final ScrubbedLetter letters;
    private final Clock clock;
    private final IngestMeters meters;

    /**
     * @param scrubber for what becomes a dead letter; the assembler has its own
     */
    public JsonErrors(Limits limits, EventAssembler assembler, Scrubber scrubber, Clock clock, IngestMeters meters) {
        this.parser = new JsonEventParser(limits);
        this.assembler = assembler;
        this.letters = new ScrubbedLetter(scrubber, meters);
        this.clock = clock;
        this.meters = meters;
    }

    /** How the topic is read. */
    RecordForm<ErrorEvent> form() {
        return new RecordForm<>(this, letters);
    }

    /**
     * @throws SerializationException naming the field that breaks its rule, and not its value
     */
    @Override
    public ErrorEvent deserialize(String topic, byte[] bytes) {
        try {
            ParsedEvent parsed = parser.parse(bytes, 0, bytes.length);
            ScrubCount scrubbed = new ScrubCount();
            ErrorEvent event = assembler.assemble(parsed.draft(), clock.instant(), scrubbed);
            meters.bytes(bytes.length);
            meters.scrubbed(scrubbed.byKind());
            return ErrorEvent.newBuilder(event)
                    .setProtocol(IntakeProtocol.KAFKA)
                    .setEventId(parsed.draft().eventId().orElse(""))
                    .build();
        } catch (InvalidEventException e) {
            meters.event(IntakeProtocol.KAFKA, Outcome.of(e));
            throw new SerializationException(
                    e.reason() + (e.field().isEmpty() ? "" : " at " + e.field()) + ": " + e.getMessage(), e);
        }
    }
}
