package dev.selfheal.analysis;

import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.confidence.ConfidenceMeters;
import dev.selfheal.analysis.deadletter.Outages;
import dev.selfheal.analysis.kpi.KpiMeters;
import dev.selfheal.analysis.kpi.KpiProcessor;
import dev.selfheal.analysis.kpi.Kpis;
import dev.selfheal.analysis.query.LocalStores;
import dev.selfheal.analysis.query.QuerySettings;
import dev.selfheal.analysis.query.ReadModel;
import dev.selfheal.analysis.state.StateMemory;
import dev.selfheal.runtime.Health;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the topology. Exactly-once: what it publishes and what it remembers change together, or not at all. */
public final class AnalysisService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisService.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final AnalysisConfig config;
    private final MeterRegistry meters;
    private final Clock clock;
    private final CountDownLatch runningOrOver = new CountDownLatch(1);
    private final AtomicReference<String> fatal = new AtomicReference<>("");
    /** Null until started. */
    private volatile KafkaStreams streams;

    private volatile Optional<StateMemory> memory = Optional.empty();
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile Optional<ReadModel> readModel = Optional.empty();

    public AnalysisService(AnalysisConfig config, MeterRegistry meters, Clock clock) {
        this.config = config;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "analysis-streams";
    }

    /**
     * Returns when every thread has its partitions and the state is restored.
     *
     * @throws KafkaException when the topics are missing, or it is not running in time
     */
    @Override
    public void start() {
        int partitions = partitionsOf(config.topics().errorEvents().name());
        Properties settings = StreamsSettings.of(config);
        readModel = config.querySettings().map(query -> serve(query, partitions));
        // The others are told before they need it: which address has which state comes with each rebalance.
        readModel.ifPresent(model -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, model.applicationServer()));
        StateMemory bound = new StateMemory(config.stateMemoryBytes());
        memory = Optional.of(bound);
        bound.applyTo(settings);
        ConfidenceMeters confidence = new ConfidenceMeters();
        KafkaStreams created = new KafkaStreams(AnalysisTopology.build(config, partitions, confidence), settings);
        created.setUncaughtExceptionHandler(this::onFailure);
        created.setStateListener((now, before) -> onState(now));
        StreamsMeters.bind(created, meters);
        BreakerMeters.bind(created, meters);
        KpiMeters.bind(overall(), meters);
        confidence.bind(meters);
        streams = created;
        startedAt = clock.instant();
        created.start();
        awaitRunning();
    }

    @Override
    public Health health() {
        KafkaStreams current = streams;
        State state = current == null ? State.CREATED : current.state();
        boolean live = fatal.get().isEmpty() && state != State.ERROR;
        return new Health(
                live,
                live && state == State.RUNNING,
                Map.of(
                        "streams",
                        state.name(),
                        "since",
                        startedAt.toString(),
                        "failure",
                        fatal.get(),
                        "readModel",
                        queryAddress().map(URI::toString).orElse("off")));
    }

    /** Where the read model listens; empty while it does not. */
    public Optional<URI> queryAddress() {
        return readModel.map(ReadModel::address);
    }

    @Override
    public void close() {
        KafkaStreams current = streams;
        // Leaving tells the group at once; otherwise it waits out the session before others, or a restart, take over.
        // An instance with a name comes back to what it had: it stays a member.
        CloseOptions leave = CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(
                        config.getString(AnalysisConfig.INSTANCE_ID).isEmpty()
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
        if (current != null && !current.close(leave)) {
            LOG.warn(
                    "streams did not stop within {} s; the rest is restored from the changelogs",
                    CLOSE_TIMEOUT.toSeconds());
        }
        readModel.ifPresent(ReadModel::close);
        readModel = Optional.empty();
        memory.ifPresent(StateMemory::close);
        memory = Optional.empty();
    }

    private ReadModel serve(QuerySettings query, int partitions) {
        ReadModel.Tasks tasks = new ReadModel.Tasks(
                config.topics().errorEvents().name(),
                config.applicationId() + "-" + FigureSteps.CASE_STEPS + "-repartition",
                partitions);
        ReadModel model =
                new ReadModel(query, tasks, () -> Optional.ofNullable(streams), config.rules(partitions), clock);
        model.start();
        return model;
    }

    /** The figures over all services; only one instance has them. */
    private Supplier<Optional<Kpis>> overall() {
        LocalStores stores = new LocalStores(() -> Optional.ofNullable(streams), false);
        return () -> stores.getIfHere(KpiProcessor.STORE, CaseStep.ALL_SERVICES);
    }

    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        if (Outages.isOutage(failure)) {
            LOG.warn("a stream thread lost something it needs and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fatal.set(failure.toString());
        LOG.error("the analysis stops: only a restart or a fix can help", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void onState(State state) {
        if (state == State.RUNNING || state.hasCompletedShutdown() || state == State.ERROR) {
            runningOrOver.countDown();
        }
    }

    private void awaitRunning() {
        try {
            boolean decided = runningOrOver.await(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
            State state = streams.state();
            if (!decided || state == State.ERROR || !fatal.get().isEmpty()) {
                throw new KafkaException("analysis is " + state + " after "
                        + config.startTimeout().toSeconds() + " s, expected RUNNING " + fatal.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Answers are spread over as many partitions as errors, so that a group's answers meet its errors. */
    private int partitionsOf(String topic) {
        try (Admin admin = new KafkaClients(config).newAdmin(config.applicationId() + "-start")) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic)
                    .partitions()
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("topic " + topic + " cannot be described; is it created, are the brokers up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
