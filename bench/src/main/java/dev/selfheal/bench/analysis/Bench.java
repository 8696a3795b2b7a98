package dev.selfheal.bench.analysis;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** A broker in a JVM of its own with policies and errors on it, and what is configured to read them. */
final class Bench implements AutoCloseable {

    private static final String PREFIX = "bench.";

    private final Path folder;
    private final LocalCluster cluster;

    private Bench(Path folder, LocalCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static Bench start(Path folder) {
        return new Bench(folder, LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), topics()));
    }

    static Topics topics() {
        return new Topics(PREFIX);
    }

    /** Settings of one application, with a state folder of its own. */
    Map<String, String> settings(String application) {
        Map<String, String> values = new HashMap<>();
        values.put(AnalysisConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        values.put(AnalysisConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        values.put(AnalysisConfig.TOPIC_PREFIX, PREFIX);
        values.put(AnalysisConfig.APPLICATION_ID, application);
        values.put(AnalysisConfig.STATE_DIR, stateFolder(application).toString());
        return values;
    }

    Path stateFolder(String application) {
        return folder.resolve("state-" + application);
    }

    KafkaClients clients() {
        return new KafkaClients(new AnalysisConfig(settings("bench")));
    }

    Admin newAdmin() {
        return clients().newAdmin("bench");
    }

    /** Publishes a policy for every service of the load, then all of the load. */
    void publish(ErrorLoad load) {
        try (Producer<byte[], byte[]> producer = clients().newProducer("bench")) {
            Serializer<HealingPolicy> policies = clients().valueSerializer();
            for (int i = 0; i < ErrorLoad.SERVICES; i++) {
                producer.send(record(topics().policies(), policies, policy(ErrorLoad.service(i), load)));
            }
            Serializer<ErrorEvent> events = clients().valueSerializer();
            for (int i = 0; i < load.events(); i++) {
                producer.send(record(topics().errorEvents(), events, load.event(i)));
            }
            producer.flush();
        }
    }

    private static <T extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Topic<T> topic, Serializer<T> serializer, T value) {
        byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), value));
    }

    private static HealingPolicy policy(String service, ErrorLoad load) {
        return HealingPolicy.newBuilder()
                .setService(service)
                .setSource(SourceRepository.newBuilder().setUrl("/srv/shop.git").build())
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(BudgetPolicy.newBuilder().build())
                .setUpdatedAt(load.start())
                .build();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
