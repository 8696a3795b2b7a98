package dev.selfheal.analysis;

import dev.selfheal.analysis.alert.FailureWatchSerde;
import dev.selfheal.analysis.alert.HealingAlertProcessor;
import dev.selfheal.analysis.alert.IncidentAlerts;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.breaker.BreakerProcessor;
import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.breaker.Report;
import dev.selfheal.analysis.breaker.ReportSerde;
import dev.selfheal.analysis.breaker.Told;
import dev.selfheal.analysis.healing.CaseOutput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.intake.Identity;
import dev.selfheal.analysis.message.EnvelopeStamp;
import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** Breakers on the healer itself, and what people are told. The names of its operators and stores stand here. */
final class GuardSteps {

    private static final String SEEN_INCIDENTS = "seen-incidents";
    private static final Duration INCIDENT_WINDOW = Duration.ofDays(1);

    private final Wiring wiring;

    GuardSteps(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What each breaker is told, by its key. */
    KStream<String, Report> outcomes(KStream<String, CaseOutput> outputs) {
        return Wiring.only(outputs, CaseOutput.Counted.class, GuardSteps::told, "counted")
                .process(
                        () -> new OutcomeTeller(CaseProcessor.BREAKERS),
                        Named.as("told"),
                        OutcomeTeller.PROBES,
                        OutcomeTeller.SENT)
                .repartition(Repartitioned.<String, Report>as("outcomes")
                        .withKeySerde(Wiring.KEYS)
                        .withValueSerde(new ReportSerde())
                        .withNumberOfPartitions(wiring.partitions()));
    }

    /** Breakers that have changed, and alerts of those that have opened or closed. */
    KStream<String, SpecificRecord> breakers(KStream<String, Report> outcomes) {
        wiring.addStore(BreakerProcessor.STORE, wiring.serde(BreakerState.class));
        wiring.addStore(BreakerProcessor.DUE, Wiring.KEYS);
        wiring.addStore(BreakerProcessor.IDLE, Wiring.KEYS);
        return outcomes.process(
                        () -> new BreakerProcessor(
                                wiring.config().gateSettings(wiring.partitions()),
                                wiring.config().tick(),
                                wiring.config().forgetAfter(),
                                CaseProcessor.POLICIES),
                        Named.as("break"),
                        BreakerProcessor.STORE,
                        BreakerProcessor.DUE,
                        BreakerProcessor.IDLE)
                .processValues(EnvelopeStamp<SpecificRecord>::new, Named.as("breaker-envelope"));
    }

    KStream<String, BreakerState> states(KStream<String, SpecificRecord> breakers) {
        return Wiring.withRemovals(breakers, BreakerState.class, "states");
    }

    /** Whether healing fails too often, and what it did well. */
    KStream<String, Alert> healingAlerts(KStream<String, CaseStep> steps) {
        wiring.addStore(HealingAlertProcessor.OUTCOMES, new FailureWatchSerde().forgettingOlder());
        wiring.addStore(HealingAlertProcessor.DUE, Wiring.KEYS);
        return steps.process(
                        () -> new HealingAlertProcessor(
                                wiring.config().alertSettings(), wiring.config().tick(), CaseProcessor.POLICIES),
                        Named.as("judge-outcomes"),
                        HealingAlertProcessor.OUTCOMES,
                        HealingAlertProcessor.DUE)
                .processValues(EnvelopeStamp<Alert>::new, Named.as("healing-alert-envelope"));
    }

    /** Each incident once. */
    KStream<String, Alert> incidentAlerts(Topic<SecurityIncident> topic) {
        KStream<String, SecurityIncident> incidents = wiring.answers(topic, "incidents");
        Identity<SecurityIncident> identity = new Identity<>(topic.key(), SecurityIncident::getIncidentId);
        return wiring.once(incidents, SEEN_INCIDENTS, INCIDENT_WINDOW, identity, "incident-once")
                .mapValues(IncidentAlerts::of, Named.as("incident-alert"))
                .processValues(EnvelopeStamp<Alert>::new, Named.as("incident-envelope"));
    }

    KStream<String, Alert> alerts(
            KStream<String, CaseOutput> outputs,
            KStream<String, SpecificRecord> breakers,
            KStream<String, SpecificRecord> rollbacks,
            KStream<String, Alert> healing,
            KStream<String, Alert> incidents) {
        return Wiring.only(outputs, CaseOutput.Raised.class, CaseOutput.Raised::alert, "raised-by-cases")
                .merge(Wiring.only(breakers, Alert.class, alert -> alert, "raised-by-breakers"), Named.as("raised"))
                .merge(
                        Wiring.only(rollbacks, Alert.class, alert -> alert, "raised-by-rollbacks"),
                        Named.as("raised-by-all"))
                .merge(healing, Named.as("raised-or-judged"))
                .merge(incidents, Named.as("all-alerts"));
    }

    private static Told told(CaseOutput.Counted counted) {
        return new Told(counted.subject(), counted.outcome(), counted.requestedAt());
    }
}
