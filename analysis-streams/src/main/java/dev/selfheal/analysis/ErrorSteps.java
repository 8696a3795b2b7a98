package dev.selfheal.analysis;

import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.healing.HealingCases;
import dev.selfheal.analysis.intake.EventTime;
import dev.selfheal.analysis.intake.Identity;
import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.analysis.message.EnvelopeStamp;
import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.service.GroupWindowSerde;
import dev.selfheal.analysis.service.GroupWindows;
import dev.selfheal.analysis.service.ServiceLevelSerde;
import dev.selfheal.analysis.service.ServiceTrendProcessor;
import dev.selfheal.analysis.service.ServiceTrends;
import dev.selfheal.analysis.trend.GroupTrendSerde;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.analysis.trend.Retention;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.topic.Topic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** Errors as they come in, and what they amount to over time. The names of its operators and stores stand here. */
final class ErrorSteps {

    private static final String SEEN = "seen-events";

    private final Wiring wiring;

    ErrorSteps(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Errors at the time they happened. */
    KStream<String, IncomingError> errors(Topic<ErrorEvent> topic) {
        return wiring.builder().stream(
                topic.name(),
                wiring.consumed(wiring.incomingErrors(), "errors").withTimestampExtractor(new EventTime()));
    }

    /** Each event id once. */
    KStream<String, IncomingError> onceEach(KStream<String, IncomingError> errors) {
        Identity<IncomingError> identity = new Identity<>(IncomingError::group, IncomingError::eventId);
        return wiring.once(errors, SEEN, wiring.config().duplicateWindow(), identity, "once-each");
    }

    /** The trend of each error's group, with every error and as time passes. */
    KStream<String, Observation> observe(KStream<String, IncomingError> errors) {
        wiring.addStore(TrendProcessor.TRENDS, new GroupTrendSerde().forgettingOlder());
        wiring.addStore(TrendProcessor.DUE, Wiring.KEYS);
        wiring.addStore(TrendProcessor.NEWEST, Serdes.Long());
        wiring.addStore(TrendProcessor.IDLE, Wiring.KEYS);
        GroupTrends trends = wiring.config().groupTrends();
        Retention retention =
                new Retention(wiring.config().forgetAfter(), CaseProcessor.CASES, HealingCases::keepsItsGroup);
        return errors.process(
                () -> new TrendProcessor(trends, wiring.config().tick(), retention),
                Named.as("observe"),
                TrendProcessor.TRENDS,
                TrendProcessor.DUE,
                TrendProcessor.NEWEST,
                TrendProcessor.IDLE,
                CaseProcessor.CASES);
    }

    /** Trends worth publishing. */
    KStream<String, ErrorTrend> news(KStream<String, Observation> observations) {
        return observations
                .filter((group, observation) -> observation.news(), Named.as("news"))
                .mapValues(Observation::trend, Named.as("trend"))
                .processValues(EnvelopeStamp<ErrorTrend>::new, Named.as("trend-envelope"));
    }

    /** What each group adds to its service, minute by minute. */
    KStream<String, GroupWindow> windows(KStream<String, Observation> observations) {
        return observations
                .process(() -> new GroupWindows(wiring.config().trendGrace()), Named.as("group-windows"))
                .repartition(Repartitioned.with(Wiring.KEYS, new GroupWindowSerde())
                        .withName("group-windows")
                        .withNumberOfPartitions(wiring.partitions()));
    }

    /** What all groups of a service do together, whenever that changes. */
    KStream<String, ServiceTrend> services(KStream<String, GroupWindow> windows) {
        wiring.addStore(ServiceTrendProcessor.SERVICES, new ServiceLevelSerde().forgettingOlder());
        wiring.addStore(ServiceTrendProcessor.DUE, Wiring.KEYS);
        ServiceTrends trends = new ServiceTrends(
                new TrendDetector(wiring.config().trendSettings()),
                wiring.config().trendPublishInterval(),
                wiring.config().forgetAfter());
        return windows.process(
                        () -> new ServiceTrendProcessor(trends, wiring.config().tick()),
                        Named.as("observe-services"),
                        ServiceTrendProcessor.SERVICES,
                        ServiceTrendProcessor.DUE)
                .processValues(EnvelopeStamp<ServiceTrend>::new, Named.as("service-trend-envelope"));
    }

    /** Errors with the trend they are part of. */
    KStream<String, CaseInput> seen(KStream<String, Observation> observations) {
        return observations
                .filter((group, observation) -> observation.error().isPresent(), Named.as("errors-seen"))
                .mapValues(
                        observation -> new CaseInput.ErrorSeen(
                                observation.error().orElseThrow(), observation.trend(), observation.recent()),
                        Named.as("seen"));
    }
}
