package dev.selfheal.standalone.stack;

import dev.selfheal.analysis.AnalysisService;
import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.BrokerFault;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.ingest.IngestService;
import dev.selfheal.patch.PatchWorkerService;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.OpsServer;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.runtime.Service;
import dev.selfheal.serde.SelfhealAvroDeserializer;
import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.topic.TopicCreator;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.ValidationService;
import dev.selfheal.validation.Workbench;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running stack. Closing it stops everything in reverse order. */
public final class Stack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);
    private static final String SOURCE = "/selfheal/standalone";
    private static final Duration TOPICS_READY_WITHIN = Duration.ofSeconds(60);

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final DataDirectory data;
    private final Clock clock;
    private String bootstrapServers = "";
    private String registryUrl = "";
    private IngestService ingest;
    private AnalysisService analysis;
    private OpsServer ops;
    private MessagePublisher publisher;
    private KafkaClients clients;

    private Stack(DataDirectory data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    /**
     * Brings everything up and returns when it is ready.
     *
     * @param workbench what the validator proves with; stays open when the stack is closed
     * @param fault completed when the broker's process ends without having been stopped, also while the services start
     * @throws IOException when a folder, key or port cannot be had
     */
    public static Stack start(
            StackOptions options,
            DataDirectory data,
            Workbench workbench,
            CompletableFuture<BrokerFault> fault,
            Clock clock)
            throws IOException {
        Stack stack = new Stack(data, clock);
        try {
            stack.startBroker(options, fault);
            stack.startServices(
                    new StackSettings(options, data), options.ports().ops().orElse(0), workbench);
            return stack;
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** A workbench for a stack in this folder. It may be opened before the stack is. */
    public static Workbench workbench(StackOptions options, DataDirectory data, Clock clock) {
        return Workbench.open(new StackSettings(options, data).validation(Map.of()), clock);
    }

    public Topics topics() {
        return topics;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String registryUrl() {
        return registryUrl;
    }

    public URI ingestUrl() {
        return ingest.address();
    }

    /** The read model: what the analysis knows. */
    public URI queryUrl() {
        return analysis.queryAddress().orElseThrow();
    }

    /** Health and metrics of all services together. */
    public URI opsUrl() {
        return ops.uri();
    }

    /** For commands that are run beside the stack: see {@code selfheal review --config}. */
    public Path clientProperties() {
        return data.clientProperties();
    }

    public Path publicKey() {
        return data.publicKey();
    }

    /** Puts a policy in force; returns when the broker has it. */
    public void publish(HealingPolicy policy) throws InterruptedException {
        Envelope<HealingPolicy> message = Envelope.first(SOURCE, policy.getService(), clock.instant(), policy);
        publisher.publishAll(List.of(new Outgoing<>(topics.policies(), message)));
    }

    /** A consumer of any of the topics, values already read. The caller assigns, polls and closes it. */
    public Consumer<String, SpecificRecord> follower() {
        Map<String, Object> settings = new HashMap<>(clients.common());
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        SelfhealAvroDeserializer<SpecificRecord> values = new SelfhealAvroDeserializer<>();
        values.configure(clients.serde(), false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), values);
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part, e);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // told by the future that is completed
    private void startBroker(StackOptions options, CompletableFuture<BrokerFault> fault) throws IOException {
        if (options.externalKafka().isPresent()) {
            startRegistryAlone(options);
            return;
        }
        ClusterOptions settings = new ClusterOptions(
                data.path(),
                options.brokerProcess(),
                options.ports().kafka(),
                options.ports().registry());
        LocalCluster cluster = LocalCluster.start(settings, topics);
        started.push(cluster);
        cluster.brokerFault().thenAccept(fault::complete);
        bootstrapServers = cluster.bootstrapServers();
        registryUrl = cluster.registryUrl();
    }

    private void startRegistryAlone(StackOptions options) throws IOException {
        bootstrapServers = options.externalKafka().orElseThrow();
        LocalRegistry registry =
                LocalRegistry.start(options.ports().registry(), data.path().resolve("registry.jsonl"));
        started.push(registry);
        registryUrl = registry.url();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicCreator(admin, 2, Optional.empty()).create(topics, TOPICS_READY_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while topics were created", e);
        }
    }

    private void startServices(StackSettings settings, int opsPort, Workbench workbench) throws IOException {
        Map<String, String> common = Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, bootstrapServers,
                ServiceConfig.SCHEMA_REGISTRY_URL, registryUrl);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        IngestConfig ingestConfig = settings.ingest(common);
        clients = new KafkaClients(ingestConfig);
        publisher = new MessagePublisher(clients, "standalone");
        started.push(publisher);
        ingest = new IngestService(ingestConfig, meters, clock);
        analysis = new AnalysisService(settings.analysis(common), meters, clock);
        List<Service> services = List.of(
                analysis,
                new ValidationService(settings.validation(common), meters, clock, workbench),
                new PatchWorkerService(settings.patchWorker(common), meters, clock),
                ingest);
        writePublicKey();
        startTogether(services);
        ops = new OpsServer("127.0.0.1", opsPort, services, meters);
        ops.start();
        started.push(ops);
        writeClientProperties();
    }

    /** Where this stack is, for commands that are run beside it. */
    private void writeClientProperties() throws IOException {
        Properties properties = new Properties();
        properties.put(ServiceConfig.BOOTSTRAP_SERVERS, bootstrapServers);
        properties.put(ServiceConfig.SCHEMA_REGISTRY_URL, registryUrl);
        properties.put(ClientConfig.QUERY_URL, queryUrl().toString());
        Path file = data.clientProperties();
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "a running 'selfheal up'");
        }
        started.push(() -> Files.deleteIfExists(file));
    }

    /** All at once: each waits mostly for the broker. */
    private void startTogether(List<Service> services) {
        services.forEach(started::push);
        CompletableFuture<?>[] starts = services.stream()
                .map(service -> CompletableFuture.runAsync(service::start, Stack::inOwnThread))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(starts).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void inOwnThread(Runnable start) {
        new Thread(start, "stack-start").start();
    }

    private void writePublicKey() throws IOException {
        Ed25519Key key = Ed25519Key.load(data.privateKey());
        Files.writeString(data.publicKey(), key.publicKeyPem());
    }
}
