package dev.selfheal.analysis;

import dev.selfheal.analysis.alert.FailureWatchSerde;
import dev.selfheal.analysis.alert.HealingAlertProcessor;
import dev.selfheal.analysis.alert.IncidentAlerts;
import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.archive.CaseStepSerde;
import dev.selfheal.analysis.breaker.BreakerProcessor;
import dev.selfheal.analysis.breaker.BreakerRecords;
import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.breaker.Report;
import dev.selfheal.analysis.breaker.ReportSerde;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.breaker.Told;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.confidence.CaseOutcomeSerde;
import dev.selfheal.analysis.confidence.CaseOutcomes;
import dev.selfheal.analysis.confidence.ConfidenceMeters;
import dev.selfheal.analysis.confidence.ConfidenceProcessor;
import dev.selfheal.analysis.deadletter.BoundedSerializer;
import dev.selfheal.analysis.healing.Arrival;
import dev.selfheal.analysis.healing.CaseInput;
import dev.selfheal.analysis.healing.CaseOutput;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.intake.DuplicateFilter;
import dev.selfheal.analysis.intake.EventTime;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.kpi.KpisSerde;
import dev.selfheal.analysis.message.EnvelopeStamp;
import dev.selfheal.analysis.regression.DailyBudgetSerde;
import dev.selfheal.analysis.regression.RollbackGate;
import dev.selfheal.analysis.regression.SuspectGroups;
import dev.selfheal.analysis.regression.SuspectServices;
import dev.selfheal.analysis.service.GroupWindow;
import dev.selfheal.analysis.service.GroupWindowSerde;
import dev.selfheal.analysis.service.GroupWindows;
import dev.selfheal.analysis.service.ServiceLevelSerde;
import dev.selfheal.analysis.service.ServiceTrendProcessor;
import dev.selfheal.analysis.service.ServiceTrends;
import dev.selfheal.analysis.table.OutageWait;
import dev.selfheal.analysis.table.TableProcessor;
import dev.selfheal.analysis.trend.GroupTrendSerde;
import dev.selfheal.analysis.trend.GroupTrends;
import dev.selfheal.analysis.trend.MinuteCountsSerde;
import dev.selfheal.analysis.trend.Observation;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.RegressionSuspicion;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.event.RollbackCommand;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/** The steps of {@link AnalysisTopology}, each a stream in and a stream out; every operator and store has its name here. */
final class AnalysisSteps {

    private static final Serde<String> KEYS = Serdes.String();
    private static final String SEEN = "seen-events";
    /** Name of the repartition between groups and services. */
    static final String CASE_STEPS = "case-steps";

    private static final String SEEN_INCIDENTS = "seen-incidents";
    private static final Duration INCIDENT_WINDOW = Duration.ofDays(1);

    private final StreamsBuilder builder;
    private final AnalysisConfig config;
    private final KafkaClients clients;
    private final int partitions;

    AnalysisSteps(StreamsBuilder builder, AnalysisConfig config, int partitions) {
        this.builder = builder;
        this.config = config;
        this.clients = new KafkaClients(config);
        this.partitions = partitions;
    }

    /** A compacted topic as a table on every instance. */
    <T extends SpecificRecord> void know(Topic<T> topic, String store) {
        know(topic, store, key -> Optional.empty());
    }

    /** The breakers as a table; one that cannot be read lets nothing pass. */
    void knowBreakers(Topic<BreakerState> topic) {
        know(topic, CaseProcessor.BREAKERS, key -> Optional.of(BreakerRecords.unreadable(ScopeKey.parse(key))));
    }

    private <T extends SpecificRecord> void know(
            Topic<T> topic, String store, Function<String, Optional<T>> substitutes) {
        Serde<T> values = serde(topic.type());
        OutageWait outages = new OutageWait(clients.retryPolicy());
        builder.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), KEYS, values)
                        .withLoggingDisabled(),
                topic.name(),
                Consumed.with(KEYS, Serdes.ByteArray()).withName("from-" + store),
                () -> new TableProcessor<>(store, values.deserializer(), outages, substitutes));
    }

    /** Errors at the time they happened. */
    KStream<String, ErrorEvent> errors(Topic<ErrorEvent> topic) {
        return builder.stream(topic.name(), consumed(topic, "errors").withTimestampExtractor(new EventTime()));
    }

    /** Each event id once. */
    KStream<String, ErrorEvent> onceEach(KStream<String, ErrorEvent> errors) {
        return once(errors, SEEN, config.duplicateWindow(), ErrorEvent::getEventId, "once-each");
    }

    /** The trend of each error's group, with every error and as time passes. */
    KStream<String, Observation> observe(KStream<String, ErrorEvent> errors) {
        addStore(TrendProcessor.TRENDS, new GroupTrendSerde());
        addStore(TrendProcessor.DUE, KEYS);
        GroupTrends trends = config.groupTrends();
        return errors.process(
                () -> new TrendProcessor(trends, config.tick()),
                Named.as("observe"),
                TrendProcessor.TRENDS,
                TrendProcessor.DUE);
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
                .process(() -> new GroupWindows(config.trendGrace()), Named.as("group-windows"))
                .repartition(Repartitioned.with(KEYS, new GroupWindowSerde())
                        .withName("group-windows")
                        .withNumberOfPartitions(partitions));
    }

    /** What all groups of a service do together, whenever that changes. */
    KStream<String, ServiceTrend> services(KStream<String, GroupWindow> windows) {
        addStore(ServiceTrendProcessor.SERVICES, new ServiceLevelSerde());
        addStore(ServiceTrendProcessor.DUE, KEYS);
        ServiceTrends trends =
                new ServiceTrends(new TrendDetector(config.trendSettings()), config.trendPublishInterval());
        return windows.process(
                        () -> new ServiceTrendProcessor(trends, config.tick()),
                        Named.as("observe-services"),
                        ServiceTrendProcessor.SERVICES,
                        ServiceTrendProcessor.DUE)
                .processValues(EnvelopeStamp<ServiceTrend>::new, Named.as("service-trend-envelope"));
    }

    /** Errors with the trend they are part of. */
    KStream<String, CaseInput> seen(KStream<String, Observation> observations) {
        return observations.flatMapValues(
                observation -> observation.event().stream()
                        .<CaseInput>map(
                                event -> new CaseInput.ErrorSeen(event, observation.trend(), observation.recent()))
                        .toList(),
                Named.as("seen"));
    }

    KStream<String, CaseInput> proposals(Topic<PatchProposal> topic) {
        return byGroup(answers(topic, "proposals"), topic.type(), PatchProposal::getGroup, "proposals")
                .processValues(() -> new Arrival<PatchProposal>(CaseInput.ProposalArrived::new), Named.as("proposal"));
    }

    KStream<String, CaseInput> verdicts(
            Topic<PatchVerdict> approved, Topic<PatchVerdict> rejected, Topic<PatchVerdict> review) {
        KStream<String, PatchVerdict> verdicts = answers(approved, "approved")
                .merge(answers(rejected, "rejected"), Named.as("approved-or-rejected"))
                .merge(answers(review, "review"), Named.as("verdicts"));
        return byGroup(verdicts, approved.type(), PatchVerdict::getGroup, "verdicts")
                .processValues(() -> new Arrival<PatchVerdict>(CaseInput.VerdictArrived::new), Named.as("verdict"));
    }

    KStream<String, CaseInput> reviews(Topic<ReviewDecision> topic) {
        return byGroup(answers(topic, "reviews"), topic.type(), ReviewDecision::getGroup, "reviews")
                .mapValues(CaseInput.ReviewDecided::new, Named.as("reviewed"));
    }

    KStream<String, CaseInput> deployments(Topic<Deployment> topic) {
        return byGroup(answers(topic, "deployments"), topic.type(), Deployment::getGroup, "deployments")
                .mapValues(CaseInput.DeploymentReported::new, Named.as("deployment"));
    }

    /** The healing case of each group. */
    @SafeVarargs
    final KStream<String, CaseOutput> heal(KStream<String, CaseInput> first, KStream<String, CaseInput>... others) {
        addStore(CaseProcessor.CASES, serde(HealingCase.class));
        addStore(CaseProcessor.DUE, KEYS);
        addStore(OutcomeTeller.PROBES, Serdes.Long());
        KStream<String, CaseInput> inputs = first;
        for (int i = 0; i < others.length; i++) {
            inputs = inputs.merge(others[i], Named.as("case-inputs-" + (i + 1)));
        }
        return inputs.process(
                () -> new CaseProcessor(
                        new Classifier(config.abstainConfidence()),
                        config.gateSettings(partitions),
                        config.policyGrace(),
                        config.tick()),
                Named.as("heal"),
                CaseProcessor.CASES,
                CaseProcessor.DUE,
                OutcomeTeller.PROBES,
                TrendProcessor.TRENDS);
    }

    /** What new groups and whole services say about patches that are watched. */
    KStream<String, CaseInput> suspicions(
            KStream<String, Observation> observations, KStream<String, GroupWindow> windows) {
        addStore(SuspectServices.STORE, new MinuteCountsSerde());
        KStream<String, RegressionSuspicion> ofServices = windows.process(
                () -> new SuspectServices(CaseProcessor.POLICIES),
                Named.as("suspect-services"),
                SuspectServices.STORE);
        return byGroup(
                        observations
                                .process(SuspectGroups::new, Named.as("suspect-groups"))
                                .merge(ofServices, Named.as("suspicions")),
                        RegressionSuspicion.class,
                        RegressionSuspicion::getGroup,
                        "suspected")
                .mapValues(CaseInput.SuspicionRaised::new, Named.as("suspicion"));
    }

    /** Rollbacks within the limit of each service, and alerts of those beyond it. */
    KStream<String, SpecificRecord> rollbacks(KStream<String, CaseOutput> outputs) {
        addStore(RollbackGate.STORE, new DailyBudgetSerde());
        KStream<String, RollbackCommand> wanted =
                only(outputs, CaseOutput.RollbackWanted.class, CaseOutput.RollbackWanted::command, "rollbacks-wanted");
        return wanted.selectKey((group, command) -> command.getService(), Named.as("service-of-rollbacks"))
                .repartition(Repartitioned.<String, RollbackCommand>as("rollbacks")
                        .withKeySerde(KEYS)
                        .withValueSerde(serde(RollbackCommand.class))
                        .withNumberOfPartitions(partitions))
                .process(() -> new RollbackGate(CaseProcessor.POLICIES), Named.as("rollback-gate"), RollbackGate.STORE);
    }

    KStream<String, RollbackCommand> commands(KStream<String, SpecificRecord> rollbacks) {
        return only(rollbacks, RollbackCommand.class, command -> command, "rollback-commands");
    }

    /** Watches that begin, and nothing for those that end. */
    void publishWatches(KStream<String, CaseOutput> outputs, Topic<RegressionWatch> topic) {
        KStream<String, CaseOutput.WatchChanged> changes =
                only(outputs, CaseOutput.WatchChanged.class, change -> change, "watch-changes");
        changes.map(
                        (group, change) ->
                                KeyValue.pair(change.caseId(), change.watch().orElse(null)),
                        Named.as("key-of-" + simple(topic)))
                .to(
                        topic.name(),
                        Produced.<String, RegressionWatch>as("to-" + simple(topic))
                                .withKeySerde(KEYS)
                                .withValueSerde(serde(topic.type())));
    }

    KStream<String, HealingRequest> requests(KStream<String, CaseOutput> outputs) {
        return only(outputs, CaseOutput.Requested.class, CaseOutput.Requested::request, "requests");
    }

    KStream<String, HealingCase> cases(KStream<String, CaseOutput> outputs) {
        return only(outputs, CaseOutput.CaseChanged.class, CaseOutput.CaseChanged::healingCase, "case-changes");
    }

    /** What is learned from how cases end: the calibration, and the proposers' records. One task learns it all. */
    KStream<String, SpecificRecord> confidence(KStream<String, HealingCase> cases, ConfidenceMeters meters) {
        addStore(ConfidenceProcessor.OUTCOMES, new CaseOutcomeSerde());
        addStore(ConfidenceProcessor.PROPOSERS, serde(ProposerRecord.class));
        return cases.flatMapValues(
                        changed ->
                                CaseOutcomes.of(changed).stream().map(List::of).toList(),
                        Named.as("turned-out"))
                .selectKey((group, outcomes) -> ConfidenceProcessor.KEY, Named.as("key-of-confidence"))
                .repartition(Repartitioned.with(KEYS, new CaseOutcomeSerde())
                        .withName("turned-out")
                        .withNumberOfPartitions(1))
                .process(
                        () -> new ConfidenceProcessor(config.confidenceOutcomes(), meters),
                        Named.as("learn"),
                        ConfidenceProcessor.OUTCOMES,
                        ConfidenceProcessor.PROPOSERS)
                .processValues(EnvelopeStamp<SpecificRecord>::new, Named.as("confidence-envelope"));
    }

    KStream<String, Calibration> calibrations(KStream<String, SpecificRecord> learned) {
        return only(learned, Calibration.class, calibration -> calibration, "calibrations");
    }

    KStream<String, ProposerRecord> proposers(KStream<String, SpecificRecord> learned) {
        return only(learned, ProposerRecord.class, record -> record, "proposer-records");
    }

    KStream<String, Alert> alerts(
            KStream<String, CaseOutput> outputs,
            KStream<String, SpecificRecord> breakers,
            KStream<String, SpecificRecord> rollbacks,
            KStream<String, Alert> healing,
            KStream<String, Alert> incidents) {
        return only(outputs, CaseOutput.Raised.class, CaseOutput.Raised::alert, "raised-by-cases")
                .merge(only(breakers, Alert.class, alert -> alert, "raised-by-breakers"), Named.as("raised"))
                .merge(only(rollbacks, Alert.class, alert -> alert, "raised-by-rollbacks"), Named.as("raised-by-all"))
                .merge(healing, Named.as("raised-or-judged"))
                .merge(incidents, Named.as("all-alerts"));
    }

    /** Each case's new transitions; its record, and those of the group's earlier cases, are kept for questions. */
    KStream<String, CaseStep> archive(KStream<String, HealingCase> cases) {
        addStore(CaseArchive.RECORDS, serde(HealingCase.class));
        addStore(CaseArchive.INDEX, KEYS);
        return cases.process(
                () -> new CaseArchive(config.casesPerGroup()),
                Named.as("archive"),
                CaseArchive.RECORDS,
                CaseArchive.INDEX);
    }

    /** Every step under its service, and under that which stands for all. */
    KStream<String, CaseStep> byService(KStream<String, CaseStep> steps) {
        return steps.flatMap(
                        (group, step) -> List.of(
                                KeyValue.pair(step.service(), step), KeyValue.pair(CaseStep.ALL_SERVICES, step)),
                        Named.as("service-of-step"))
                .repartition(Repartitioned.<String, CaseStep>as(CASE_STEPS)
                        .withKeySerde(KEYS)
                        .withValueSerde(new CaseStepSerde())
                        .withNumberOfPartitions(partitions));
    }

    /** Key figures, for questions. */
    void count(KStream<String, CaseStep> steps) {
        addStore(KpiProcessor.STORE, new KpisSerde());
        steps.process(KpiProcessor::new, Named.as("count"), KpiProcessor.STORE);
    }

    /** Whether healing fails too often, and what it did well. */
    KStream<String, Alert> healingAlerts(KStream<String, CaseStep> steps) {
        addStore(HealingAlertProcessor.OUTCOMES, new FailureWatchSerde());
        addStore(HealingAlertProcessor.DUE, KEYS);
        return steps.process(
                        () -> new HealingAlertProcessor(config.alertSettings(), config.tick(), CaseProcessor.POLICIES),
                        Named.as("judge-outcomes"),
                        HealingAlertProcessor.OUTCOMES,
                        HealingAlertProcessor.DUE)
                .processValues(EnvelopeStamp<Alert>::new, Named.as("healing-alert-envelope"));
    }

    /** Each incident once. */
    KStream<String, Alert> incidentAlerts(Topic<SecurityIncident> topic) {
        KStream<String, SecurityIncident> incidents = answers(topic, "incidents");
        return once(incidents, SEEN_INCIDENTS, INCIDENT_WINDOW, SecurityIncident::getIncidentId, "incident-once")
                .mapValues(IncidentAlerts::of, Named.as("incident-alert"))
                .processValues(EnvelopeStamp<Alert>::new, Named.as("incident-envelope"));
    }

    /** What each breaker is told, by its key. */
    KStream<String, Report> outcomes(KStream<String, CaseOutput> outputs) {
        return only(outputs, CaseOutput.Counted.class, AnalysisSteps::told, "counted")
                .process(() -> new OutcomeTeller(CaseProcessor.BREAKERS), Named.as("told"), OutcomeTeller.PROBES)
                .repartition(Repartitioned.<String, Report>as("outcomes")
                        .withKeySerde(KEYS)
                        .withValueSerde(new ReportSerde())
                        .withNumberOfPartitions(partitions));
    }

    /** Breakers that have changed, and alerts of those that have opened or closed. */
    KStream<String, SpecificRecord> breakers(KStream<String, Report> outcomes) {
        addStore(BreakerProcessor.STORE, serde(BreakerState.class));
        addStore(BreakerProcessor.DUE, KEYS);
        return outcomes.process(
                        () -> new BreakerProcessor(
                                config.gateSettings(partitions), config.tick(), CaseProcessor.POLICIES),
                        Named.as("break"),
                        BreakerProcessor.STORE,
                        BreakerProcessor.DUE)
                .processValues(EnvelopeStamp<SpecificRecord>::new, Named.as("breaker-envelope"));
    }

    KStream<String, BreakerState> states(KStream<String, SpecificRecord> breakers) {
        return only(breakers, BreakerState.class, state -> state, "states");
    }

    /** Under the topic's own key. */
    <T extends SpecificRecord> void publish(KStream<String, T> records, Topic<T> topic) {
        records.selectKey((key, value) -> topic.keyOf(value), Named.as("key-of-" + simple(topic)))
                .to(
                        topic.name(),
                        Produced.<String, T>as("to-" + simple(topic))
                                .withKeySerde(KEYS)
                                .withValueSerde(serde(topic.type())));
    }

    /** On the lane of each. */
    void publish(KStream<String, HealingRequest> requests, Topic<HealingRequest> normal, Topic<HealingRequest> urgent) {
        publish(requests.filter((group, request) -> request.getLane() != Lane.URGENT, Named.as("normal-lane")), normal);
        publish(requests.filter((group, request) -> request.getLane() == Lane.URGENT, Named.as("urgent-lane")), urgent);
    }

    private static Told told(CaseOutput.Counted counted) {
        return new Told(counted.subject(), counted.outcome(), counted.requestedAt());
    }

    private <T> KStream<String, T> once(
            KStream<String, T> records, String store, Duration window, Function<T, String> idOf, String name) {
        int mostIds = config.duplicateIds();
        addStore(store, Serdes.Bytes(), Serdes.ByteArray());
        return records.processValues(() -> new DuplicateFilter<>(store, window, mostIds, idOf), Named.as(name), store);
    }

    private <T extends SpecificRecord> KStream<String, T> answers(Topic<T> topic, String name) {
        return builder.stream(topic.name(), consumed(topic, name));
    }

    private <T extends SpecificRecord> KStream<String, T> byGroup(
            KStream<String, T> answers, Class<T> type, Function<T, String> group, String name) {
        return answers.selectKey((caseId, answer) -> group.apply(answer), Named.as("group-of-" + name))
                .repartition(Repartitioned.<String, T>as(name)
                        .withKeySerde(KEYS)
                        .withValueSerde(serde(type))
                        .withNumberOfPartitions(partitions));
    }

    private static <S, O extends S, T> KStream<String, T> only(
            KStream<String, S> outputs, Class<O> kind, Function<O, T> content, String name) {
        return outputs.flatMapValues(
                output -> kind.isInstance(output) ? List.of(content.apply(kind.cast(output))) : List.of(),
                Named.as(name));
    }

    private <V> void addStore(String name, Serde<V> values) {
        addStore(name, KEYS, values);
    }

    private <K, V> void addStore(String name, Serde<K> keys, Serde<V> values) {
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
                .withCachingEnabled());
    }

    private <T extends SpecificRecord> Consumed<String, T> consumed(Topic<T> topic, String name) {
        return Consumed.with(KEYS, serde(topic.type())).withName("from-" + name);
    }

    private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(new BoundedSerializer<>(clients.<T>valueSerializer()), clients.valueDeserializer(type));
    }

    private String simple(Topic<?> topic) {
        return topic.name()
                .substring(config.getString(AnalysisConfig.TOPIC_PREFIX).length());
    }
}
