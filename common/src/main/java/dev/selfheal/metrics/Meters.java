package dev.selfheal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Every meter of every service: the one place to look a name up, and the source of docs/metrics.md. Tag values are given
 * in the order in which the keys stand here; keep them few, each combination is a time series.
 */
public enum Meters {
    MODEL_CALLS(
            "selfheal.model.calls",
            Kind.TIMER,
            "seconds",
            "Calls to language models, retries and calls held back included.",
            "route",
            "outcome"),
    MODEL_TOKENS(
            "selfheal.model.tokens",
            Kind.COUNTER,
            "tokens",
            "Tokens billed by language models; the direction is input, cached or output.",
            "route",
            "direction"),
    MODEL_COST(
            "selfheal.model.cost",
            Kind.COUNTER,
            "usd",
            "Cost of calls to language models by the configured prices.",
            "route"),
    PATCH_PROPOSALS(
            "selfheal.patch.proposals",
            Kind.TIMER,
            "seconds",
            "Answers to healing requests; the origin is that of the best candidate.",
            "outcome",
            "origin"),
    PATCH_REQUESTS_EXPIRED(
            "selfheal.patch.requests.expired",
            Kind.COUNTER,
            "requests",
            "Healing requests dropped because their case had moved on to a later attempt."),
    VALIDATION_VERDICTS(
            "selfheal.validation.verdict",
            Kind.TIMER,
            "seconds",
            "Proposals judged, and the time it took, by verdict.",
            "verdict"),
    VALIDATION_CHECKS(
            "selfheal.validation.check",
            Kind.TIMER,
            "seconds",
            "Checks made on the candidate that a verdict is about. Some run side by side: their times overlap.",
            "check",
            "outcome"),
    VALIDATION_REFUTED(
            "selfheal.validation.refuted",
            Kind.COUNTER,
            "candidates",
            "Candidates refuted, by the check that refuted them.",
            "check"),
    VALIDATION_INCIDENTS(
            "selfheal.validation.incidents",
            Kind.COUNTER,
            "incidents",
            "Security incidents published, by the rule that was broken.",
            "rule"),
    VALIDATION_EXPIRED(
            "selfheal.validation.expired",
            Kind.COUNTER,
            "proposals",
            "Proposals that got no verdict because it would have come too late."),
    ANALYSIS_RUNNING(
            "selfheal.analysis.running",
            Kind.GAUGE,
            "instances",
            "1 while every thread of this analysis has its partitions, else 0."),
    ANALYSIS_RATE(
            "selfheal.analysis.processed",
            Kind.GAUGE,
            "records_per_second",
            "Records that the threads of this analysis process."),
    ANALYSIS_DROPPED(
            "selfheal.analysis.dropped",
            Kind.GAUGE,
            "records",
            "Records that Kafka Streams dropped since this instance started: too late, or unreadable."),
    ANALYSIS_IGNORED(
            "selfheal.analysis.ignored",
            Kind.GAUGE,
            "records",
            "Records of the tables' topics that this instance ignored since it started: under a key that is none, or unreadable."),
    ANALYSIS_ALIVE("selfheal.analysis.alive", Kind.GAUGE, "threads", "Stream threads that work."),
    ANALYSIS_FAILED(
            "selfheal.analysis.failed",
            Kind.GAUGE,
            "threads",
            "Stream threads that ended with an exception since the start."),
    BREAKERS(
            "selfheal.analysis.breakers",
            Kind.GAUGE,
            "breakers",
            "Breakers on the healer by what they watch and where they stand; those of single groups are not counted.",
            "scope",
            "position"),
    HEALING_SUCCESS(
            "selfheal.healing.success",
            Kind.GAUGE,
            "ratio",
            "Cases that ended with a patch that stands, as a share of those with an outcome, over all services in the "
                    + "last 24 hours of event time. This and the next ones are told by the one analysis instance that "
                    + "keeps them; NaN elsewhere, and while there is none."),
    HEALING_CASES(
            "selfheal.healing.cases",
            Kind.GAUGE,
            "cases",
            "Cases of all services in the last 24 hours of event time, by figure: opened, succeeded, failed, healed, "
                    + "abstained, suppressed, rejected_after_approval.",
            "figure"),
    HEALING_TIME_TO_APPROVED(
            "selfheal.healing.time.to.approved",
            Kind.GAUGE,
            "seconds",
            "Mean time from the error that opened a case to its first approval, last 24 hours."),
    HEALING_TIME_TO_HEALED(
            "selfheal.healing.time.to.healed",
            Kind.GAUGE,
            "seconds",
            "Mean time from the error that opened a case to HEALED, last 24 hours."),
    HEALING_COST(
            "selfheal.healing.cost",
            Kind.GAUGE,
            "usd",
            "Cost of the models asked for cases of all services, last 24 hours of event time."),
    CONFIDENCE_BRIER(
            "selfheal.confidence.brier",
            Kind.GAUGE,
            "score",
            "Brier score of the confidences given, on outcomes not yet learned from; 0 is perfect, 0.25 is a coin."),
    CONFIDENCE_ECE(
            "selfheal.confidence.ece",
            Kind.GAUGE,
            "score",
            "Expected calibration error of the confidences given, ten bins; 0 is perfect."),
    CONFIDENCE_SAMPLES(
            "selfheal.confidence.samples", Kind.GAUGE, "outcomes", "Outcomes that both scores are taken over."),
    INGEST_EVENTS(
            "selfheal.ingest.events",
            Kind.COUNTER,
            "events",
            "Error events by what became of them: accepted, refused, too_large, overloaded.",
            "protocol",
            "outcome"),
    INGEST_SCRUBBED(
            "selfheal.ingest.scrubbed", Kind.COUNTER, "secrets", "Secrets taken out of error events, by kind.", "kind"),
    INGEST_IGNORED(
            "selfheal.ingest.ignored",
            Kind.COUNTER,
            "items",
            "Well-formed items that tell of no error, such as sessions, transactions or messages, by kind.",
            "protocol",
            "kind"),
    INGEST_LOST(
            "selfheal.ingest.lost",
            Kind.COUNTER,
            "events",
            "Errors that senders say they dropped before sending, by their reason (Sentry's client reports).",
            "reason"),
    INGEST_READ("selfheal.ingest.read", Kind.COUNTER, "bytes", "Bytes of request bodies, after decompression."),
    INGEST_MEMORY(
            "selfheal.ingest.memory",
            Kind.GAUGE,
            "bytes",
            "Bytes that requests hold now: their bodies after decompression, and what decompressing needs."),
    INGEST_MEMORY_REFUSED(
            "selfheal.ingest.memory.refused",
            Kind.COUNTER,
            "requests",
            "Requests answered with 429 because others held all of ingest.max.memory.bytes."),
    INGEST_PUBLISH(
            "selfheal.ingest.publish",
            Kind.TIMER,
            "seconds",
            "Time from a parsed event until it is stored for good, in Kafka or in the spool; failures included."),
    INGEST_PROJECT(
            "selfheal.ingest.project.events",
            Kind.COUNTER,
            "events",
            "Events by the project whose key they came with: admitted, or over_quota.",
            "project",
            "outcome"),
    INGEST_SPOOLED(
            "selfheal.ingest.spooled",
            Kind.COUNTER,
            "events",
            "Events stored in the spool because Kafka or the registry did not take them in time."),
    INGEST_REPLAYED(
            "selfheal.ingest.replayed", Kind.COUNTER, "events", "Events published from the spool and acknowledged."),
    INGEST_QUARANTINED(
            "selfheal.ingest.quarantined",
            Kind.COUNTER,
            "bytes",
            "Bytes of the spool that were damaged or that the brokers refuse for good; they are kept in its quarantine."),
    INGEST_SPOOL_SIZE("selfheal.ingest.spool.size", Kind.GAUGE, "bytes", "Bytes in the spool."),
    INGEST_SPOOL_AGE(
            "selfheal.ingest.spool.age", Kind.GAUGE, "seconds", "Time since the spool's oldest segment was begun."),
    WORKER_PROCESSED(
            "selfheal.worker.processed",
            Kind.COUNTER,
            "messages",
            "Messages handled, their answers acknowledged by the broker.",
            "worker"),
    WORKER_RETRIES(
            "selfheal.worker.retries",
            Kind.COUNTER,
            "attempts",
            "Attempts at a message that failed and were followed by another.",
            "worker"),
    WORKER_WAITS(
            "selfheal.worker.waits",
            Kind.COUNTER,
            "waits",
            "Times a worker waited because the broker or the schema registry was away.",
            "worker"),
    WORKER_DEAD_LETTERS(
            "selfheal.worker.dead.letters",
            Kind.COUNTER,
            "messages",
            "Messages that went to a dead-letter topic.",
            "worker",
            "topic",
            "code"),
    WORKER_HANDLING(
            "selfheal.worker.handling",
            Kind.TIMER,
            "seconds",
            "Time one attempt at a message took, failed ones included.",
            "worker"),
    WORKER_IN_FLIGHT("selfheal.worker.in.flight", Kind.GAUGE, "messages", "Messages being worked on now.", "worker");

    private enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final String doc;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tagKeys;

    Meters(String meterName, Kind kind, String unit, String doc, String... tagKeys) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.doc = doc;
        this.tagKeys = List.of(tagKeys);
    }

    /** Micrometer's dotted name. */
    public String meterName() {
        return meterName;
    }

    /** {@code counter}, {@code timer} or {@code gauge}. */
    public String kind() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    public String unit() {
        return unit;
    }

    public String doc() {
        return doc;
    }

    public List<String> tagKeys() {
        return tagKeys;
    }

    /** The counter with these tag values; the same one for the same values. */
    public Counter counter(MeterRegistry registry, String... tagValues) {
        require(Kind.COUNTER);
        return Counter.builder(meterName)
                .baseUnit(unit)
                .description(doc)
                .tags(tags(tagValues))
                .register(registry);
    }

    /** The timer with these tag values; publishes a histogram from 1 ms to 10 min. */
    public Timer timer(MeterRegistry registry, String... tagValues) {
        require(Kind.TIMER);
        return Timer.builder(meterName)
                .description(doc)
                .tags(tags(tagValues))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }

    /** Shows what the supplier returns at the time of each scrape. */
    public void gauge(MeterRegistry registry, Supplier<Number> value, String... tagValues) {
        require(Kind.GAUGE);
        Gauge.builder(meterName, value)
                .baseUnit(unit)
                .description(doc)
                .tags(tags(tagValues))
                .strongReference(true)
                .register(registry);
    }

    private void require(Kind expected) {
        if (kind != expected) {
            throw new IllegalStateException(name() + " is a " + kind + ", not a " + expected);
        }
    }

    private Tags tags(String... values) {
        if (values.length != tagKeys.size()) {
            throw new IllegalArgumentException(name() + " has the tags " + tagKeys + ", got " + List.of(values));
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(tagKeys.get(i), values[i]);
        }
        return tags;
    }
}
