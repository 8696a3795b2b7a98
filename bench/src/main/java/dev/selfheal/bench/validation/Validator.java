package dev.selfheal.bench.validation;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.ValidationConfig;
import dev.selfheal.validation.ValidationService;
import dev.selfheal.validation.Workbench;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The validation worker as it runs, with a broker in a JVM of its own; one caller sends proposals and awaits verdicts. */
final class Validator implements AutoCloseable {

    private static final Topics TOPICS = new Topics("bench.");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LocalCluster cluster;
    private final Workbench workbench;
    private final ValidationService service;
    private final ProposalDesk desk;

    private Validator(LocalCluster cluster, ValidationConfig config) {
        this.cluster = cluster;
        this.workbench = Workbench.open(config, Clock.systemUTC());
        this.service = new ValidationService(config, new SimpleMeterRegistry(), Clock.systemUTC(), workbench);
        this.desk = new ProposalDesk(new KafkaClients(config), TOPICS);
        service.start();
    }

    static Validator start(Path folder) {
        LocalCluster cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), TOPICS);
        return new Validator(
                cluster,
                new ValidationConfig(Map.of(
                        ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                        ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                        ServiceConfig.TOPIC_PREFIX, "bench.",
                        ValidationConfig.WORK_DIRECTORY, folder.resolve("work").toString(),
                        ValidationConfig.KEY_FILE, folder.resolve("key.pem").toString(),
                        ValidationConfig.KEY_CREATE, "true")));
    }

    Workbench workbench() {
        return workbench;
    }

    void publish(HealingPolicy policy) throws InterruptedException {
        desk.publish(policy);
    }

    void send(PatchProposal proposal) throws InterruptedException {
        desk.send(proposal);
    }

    /** As many verdicts as asked for, in the order in which they came. */
    List<PatchVerdict> await(int count) {
        List<PatchVerdict> verdicts = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        while (verdicts.size() < count) {
            verdicts.addAll(desk.poll(Duration.ofMillis(100)));
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(verdicts.size() + " of " + count + " verdicts within " + PATIENCE);
            }
        }
        return verdicts;
    }

    @Override
    public void close() {
        desk.close();
        service.close();
        workbench.close();
        cluster.close();
    }
}
