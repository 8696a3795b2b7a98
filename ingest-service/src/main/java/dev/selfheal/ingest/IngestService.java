package dev.selfheal.ingest;

import dev.selfheal.ingest.http.IngestHttp;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.ingest.publish.KafkaEventPublisher;
import dev.selfheal.ingest.publish.KafkaReachability;
import dev.selfheal.ingest.scrub.Scrubber;
import dev.selfheal.runtime.Health;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes errors in over HTTP and publishes them. An event that was answered with 2xx is on every in-sync replica; one that
 * was not is the sender's to repeat. Thread-safe.
 */
public final class IngestService implements Service {

    private static final String NAME = "ingest-service";

    private final MessagePublisher publisher;
    private final KafkaReachability kafka;
    private final IngestHttp http;
    private final AtomicBoolean closed = new AtomicBoolean();

    public IngestService(IngestConfig config, MeterRegistry registry, Clock clock) {
        KafkaClients clients = new KafkaClients(config);
        IngestMeters meters = new IngestMeters(registry);
        publisher = new MessagePublisher(clients, NAME);
        kafka = new KafkaReachability(clients.newAdmin(NAME), clock);
        Intake intake = new Intake(
                new EventAssembler(config.inAppPackages(), new Scrubber(config.scrubPatterns())),
                new KafkaEventPublisher(publisher, config.topics().errorEvents()),
                config.acknowledgeWithin(),
                clock,
                meters);
        http = new IngestHttp(config.httpHost(), config.httpPort(), config.limits(), intake, meters, ProjectKeys.OPEN);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Returns when it listens; Kafka may still be away then, which {@link #health()} tells. */
    @Override
    public void start() {
        http.start();
        kafka.isReachable(); // asks now, so that the first health report has an answer
    }

    /** Base address of the HTTP server; only after {@link #start()}. */
    public URI address() {
        return http.address();
    }

    @Override
    public Health health() {
        boolean open = !closed.get();
        return new Health(open, open && kafka.isReachable(), Map.of("kafka", kafka.describe()));
    }

    /** Stops listening, then lets what was accepted reach Kafka. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            http.close();
            kafka.close();
            publisher.close();
        }
    }
}
