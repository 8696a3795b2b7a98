package dev.selfheal.ingest.publish;

import dev.selfheal.event.IntakeProtocol;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Every meter of the intake. Thread-safe. */
public final class IngestMeters {

    /** Name and description of each. */
    public enum Meter {
        EVENTS("selfheal.ingest.events", "Events by protocol and outcome: accepted, refused, too_large, unacknowledged."),
        SCRUBBED("selfheal.ingest.scrubbed", "Secrets taken out of events, by kind."),
        BYTES("selfheal.ingest.request.bytes", "Bytes of request bodies after decompression."),
        PUBLISH("selfheal.ingest.publish", "Time from a parsed event to Kafka's acknowledgement.");

        private final String id;
        private final String description;

        Meter(String id, String description) {
            this.id = id;
            this.description = description;
        }

        public String id() {
            return id;
        }

        public String description() {
            return description;
        }
    }

    /** What became of an event. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        TOO_LARGE,
        UNACKNOWLEDGED
    }

    private final MeterRegistry registry;
    private final Timer publish;

    public IngestMeters(MeterRegistry registry) {
        this.registry = registry;
        this.publish = Timer.builder(Meter.PUBLISH.id()).description(Meter.PUBLISH.description()).register(registry);
    }

    public void event(IntakeProtocol protocol, Outcome outcome) {
        registry.counter(Meter.EVENTS.id(), "protocol", lower(protocol), "outcome", lower(outcome))
                .increment();
    }

    public void scrubbed(Map<String, Integer> byKind) {
        byKind.forEach((kind, found) ->
                registry.counter(Meter.SCRUBBED.id(), "kind", kind).increment(found));
    }

    public void bytes(long read) {
        registry.counter(Meter.BYTES.id()).increment(read);
    }

    public void published(Duration took) {
        publish.record(took);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
