package dev.selfheal.ingest;

import dev.selfheal.ingest.http.IngestHttp;
import dev.selfheal.ingest.http.Listener;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.QuotaRates;
import dev.selfheal.ingest.policy.PolicyFollower;
import dev.selfheal.ingest.policy.PolicyRules;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.DurablePublisher;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.EventCodec;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.ingest.publish.KafkaEventPublisher;
import dev.selfheal.ingest.publish.KafkaReachability;
import dev.selfheal.ingest.publish.Replay;
import dev.selfheal.ingest.spool.Spool;
import dev.selfheal.ingest.spool.SpoolState;
import dev.selfheal.ingest.topic.JsonErrors;
import dev.selfheal.ingest.topic.JsonTopic;
import dev.selfheal.runtime.CompactedTable;
import dev.selfheal.runtime.Health;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Service;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes errors in over HTTP and publishes them. An event that was answered with 2xx is on every in-sync replica, or in the
 * spool on this disk until it is; one that was not is the sender's to repeat. Thread-safe.
 */
public final class IngestService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
    private static final String NAME = "ingest-service";
    /** Errors must not wait for policies, but those after a start should not be grouped differently either. */
    private static final Duration POLICIES_WITHIN = Duration.ofSeconds(3);

    private final MessagePublisher publisher;
    private final KafkaReachability kafka;
    private final PolicyFollower policies;
    private final Optional<JsonTopic> jsonTopic;
    private final IngestHttp http;
    /** Open to everybody, and not only to this machine. */
    private final boolean exposed;

    private final Spool spool;
    private final DurablePublisher durable;
    private final Replay replay;
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    public IngestService(IngestConfig config, MeterRegistry registry, Clock clock) {
        KafkaClients clients = new KafkaClients(config);
        IngestMeters meters = new IngestMeters(registry);
        publisher = new MessagePublisher(clients, NAME);
        kafka = new KafkaReachability(clients.newAdmin(NAME), System::nanoTime);
        spool = new Spool(config.spool(), EventCodec.schema(), (file, bytes) -> meters.quarantined(bytes), clock);
        meters.watch(spool::state);
        KafkaEventPublisher direct =
                new KafkaEventPublisher(publisher, config.topics().errorEvents());
        durable = new DurablePublisher(direct, spool, config.acknowledgeWithin(), meters);
        replay = new Replay(spool, direct, durable, config.acknowledgeWithin(), meters);
        policies = new PolicyFollower(
                () -> new CompactedTable<>(clients, config.topics().policies()));
        Scrubber scrubber = new Scrubber(config.scrubPatterns());
        EventAssembler assembler =
                new EventAssembler(new PolicyRules(policies::policy, config.inAppPackages()), scrubber);
        Intake intake = new Intake(assembler, durable, clock, meters);
        jsonTopic = config.readsJsonTopic()
                ? Optional.of(new JsonTopic(
                        clients,
                        config.topics(),
                        new JsonErrors(config.limits(), assembler, scrubber, clock, meters),
                        meters,
                        registry))
                : Optional.empty();
        MemoryBudget memory = new MemoryBudget(config.memoryBytes());
        meters.watch(memory);
        exposed = config.projects() == ProjectKeys.OPEN && !isLoopback(config.httpHost());
        http = new IngestHttp(
                new Listener(config.httpHost(), config.httpPort(), config.tls(), Listener.IDLE),
                config.limits(),
                memory,
                intake,
                meters,
                config.projects(),
                new QuotaRates(System::nanoTime));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Returns when it listens; Kafka may still be away then, which {@link #health()} tells.
     *
     * @throws IllegalStateException when another intake uses the spool's folder
     */
    @Override
    public void start() {
        if (exposed) {
            LOG.warn("everybody who reaches this port may send errors; configure projects, or listen on loopback only");
        }
        spool.open();
        durable.start();
        replay.start();
        policies.start(POLICIES_WITHIN);
        jsonTopic.ifPresent(JsonTopic::start);
        http.start();
        listening.set(true);
        kafka.isReachable(); // asks now, so that the first health report has an answer
    }

    /** Base address of the HTTP server; only after {@link #start()}. */
    public URI address() {
        return http.address();
    }

    /**
     * Ready as long as it listens and an event can be stored: in Kafka, once events go there directly, or in a spool that
     * takes them. Live as long as none of its threads has ended before it was told to.
     */
    @Override
    public Health health() {
        boolean live = !closed.get() && (!listening.get() || works());
        Optional<String> refusal = spool.refusal();
        boolean stores = (kafka.isReachable() && durable.isDirect()) || refusal.isEmpty();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("kafka", kafka.describe());
        details.put("spool", describe(spool.state(), refusal));
        details.put("spool-replay", describe(replay));
        details.put("policies", policies.describe());
        jsonTopic.ifPresent(topic -> details.put("json-topic", topic.describe()));
        details.put("http", listening.get() ? "listens" : "does not listen yet");
        return new Health(live, live && listening.get() && stores, details);
    }

    private boolean works() {
        return replay.isAlive()
                && spool.isAlive()
                && jsonTopic.map(JsonTopic::isAlive).orElse(true);
    }

    private static boolean isLoopback(String host) {
        // As text: looking a name up could block, and a name that is not one of these deserves the warning.
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    private String describe(Replay thread) {
        if (!listening.get()) {
            return "not started yet";
        }
        return thread.isAlive() ? "runs" : "its thread has ended";
    }

    private static String describe(SpoolState spooled, Optional<String> refusal) {
        String depth = spooled.isEmpty()
                ? "empty"
                : spooled.bytes() + " bytes, begun " + spooled.age().toSeconds() + " s ago";
        return refusal.map(why -> depth + "; takes nothing: " + why).orElse(depth);
    }

    /** Stops listening, then lets what was accepted reach Kafka; the spool keeps the rest for the next start. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            http.close();
            jsonTopic.ifPresent(JsonTopic::close);
            policies.close();
            replay.close();
            kafka.close();
            // What Kafka has not taken by now goes to the spool, which is therefore closed last.
            publisher.close();
            durable.close();
            spool.close();
        }
    }
}
