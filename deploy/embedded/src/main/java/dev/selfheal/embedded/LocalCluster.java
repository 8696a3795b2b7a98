package dev.selfheal.embedded;

import dev.selfheal.topic.TopicCreator;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Broker, registry and every topic on loopback, ready to produce to. The broker can be taken away and brought back for
 * outage tests. Closing it deletes nothing but what it made. Not thread-safe.
 */
public final class LocalCluster implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final Duration TOPICS_READY_WITHIN = Duration.ofSeconds(60);

    private final Broker broker;
    private final LocalRegistry registry;
    private final Topics topics;
    private final Optional<Path> temporary;

    private LocalCluster(Broker broker, LocalRegistry registry, Topics topics, Optional<Path> temporary) {
        this.broker = broker;
        this.registry = registry;
        this.topics = topics;
        this.temporary = temporary;
    }

    /** In this JVM, free ports, a temporary data directory that {@link #close()} deletes. */
    public static LocalCluster start(Topics topics) {
        try {
            Path directory = Files.createTempDirectory("selfheal-cluster-");
            return start(ClusterOptions.inJvm(directory), topics, Optional.of(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary data directory", e);
        }
    }

    /** Starts on free loopback ports and creates all topics (and their dead-letter topics), two partitions each. */
    public static LocalCluster start(Path dataDirectory, Topics topics) {
        return start(ClusterOptions.inJvm(dataDirectory), topics);
    }

    /**
     * Starts as told, with what an earlier run left in the data directory: records, topics and schema ids.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker cannot start or the topics do not come up
     */
    public static LocalCluster start(ClusterOptions options, Topics topics) {
        return start(options, topics, Optional.empty());
    }

    private static LocalCluster start(ClusterOptions options, Topics topics, Optional<Path> temporary) {
        Broker broker = options.broker();
        LocalRegistry registry = LocalRegistry.start(options.registryPort(), options.registryFile());
        LocalCluster cluster = new LocalCluster(broker, registry, topics, temporary);
        try {
            cluster.startBroker();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** Completes when a broker in a JVM of its own ends without having been stopped. */
    public CompletableFuture<BrokerFault> brokerFault() {
        return broker.fault();
    }

    /** Takes the broker away: clients see closed connections until {@link #startBroker()}. */
    public void stopBroker() {
        broker.stop();
    }

    /** Brings the broker back on the same port with everything it had; returns when every partition has its leader. */
    public void startBroker() {
        broker.start();
        createTopics(topics);
    }

    /**
     * Creates the topics of another installation (another prefix) on the same broker.
     *
     * @throws org.apache.kafka.common.KafkaException when they do not come up
     */
    public void createTopics(Topics topics) {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            new TopicCreator(admin, PARTITIONS, Optional.of((short) 1)).create(topics, TOPICS_READY_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            registry.close();
            temporary.ifPresent(Directories::delete);
        }
    }
}
