package dev.selfheal.ingest.publish;

import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.spool.SpoolState;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Counts what the intake does. Thread-safe. */
public final class IngestMeters {

    /** What became of an event. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        TOO_LARGE,
        OVERLOADED;

        /** Of an event that was refused. */
        public static Outcome of(InvalidEventException e) {
            return e.reason() == InvalidEventException.Reason.TOO_LARGE ? TOO_LARGE : REFUSED;
        }
    }

    private final MeterRegistry registry;
    private final Timer publish;
    /** What is counted for each event or request: the registry would take longer to find it than it takes to count. */
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    private final Counter outOfMemory;
    private final Counter spooled;
    private final Counter replayed;

    public IngestMeters(MeterRegistry registry) {
        this.registry = registry;
        this.publish = Meters.INGEST_PUBLISH.timer(registry);
        this.outOfMemory = Meters.INGEST_MEMORY_REFUSED.counter(registry);
        this.spooled = Meters.INGEST_SPOOLED.counter(registry);
        this.replayed = Meters.INGEST_REPLAYED.counter(registry);
    }

    public void event(IntakeProtocol protocol, Outcome outcome) {
        counter(Meters.INGEST_EVENTS, lower(protocol), lower(outcome)).increment();
    }

    public void scrubbed(Map<String, Integer> byKind) {
        byKind.forEach((kind, found) -> counter(Meters.INGEST_SCRUBBED, kind).increment(found));
    }

    /**
     * @param kind what it is instead of an error; from a small fixed set, for each value is a time series
     */
    public void ignored(IntakeProtocol protocol, String kind, int items) {
        Meters.INGEST_IGNORED.counter(registry, lower(protocol), kind).increment(items);
    }

    /** Errors that a sender says it dropped, by reasons from a small fixed set. */
    public void lostBySender(Map<String, Long> byReason) {
        byReason.forEach(
                (reason, errors) -> Meters.INGEST_LOST.counter(registry, reason).increment(errors));
    }

    public void bytes(int read) {
        counter(Meters.INGEST_READ).increment(read);
    }

    /** A request was refused for want of memory. */
    public void outOfMemory() {
        outOfMemory.increment();
    }

    public void published(Duration took) {
        publish.record(took);
    }

    /** Events of a project that were let in, or kept out by its quota. */
    public void project(String id, boolean admitted, int events) {
        counter(Meters.INGEST_PROJECT, id, admitted ? "admitted" : "over_quota").increment(events);
    }

    public void spooled() {
        spooled.increment();
    }

    public void replayed(int events) {
        replayed.increment(events);
    }

    public void quarantined(long bytes) {
        Meters.INGEST_QUARANTINED.counter(registry).increment((double) bytes);
    }

    /** Shows the spool's state from now on. */
    public void watch(Supplier<SpoolState> spool) {
        Meters.INGEST_SPOOL_SIZE.gauge(registry, () -> spool.get().bytes());
        Meters.INGEST_SPOOL_AGE.gauge(registry, () -> spool.get().age().toSeconds());
    }

    /** Shows from now on what requests hold. */
    public void watch(MemoryBudget memory) {
        Meters.INGEST_MEMORY.gauge(registry, memory::held);
    }

    private record Series(Meters meter, List<String> tagValues) {}

    private Counter counter(Meters meter, String... tagValues) {
        return counters.computeIfAbsent(
                new Series(meter, List.of(tagValues)), series -> meter.counter(registry, tagValues));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
