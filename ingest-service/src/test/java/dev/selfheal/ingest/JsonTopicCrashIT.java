package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each record of the JSON topic is one event for readers of committed records, whenever its converter is killed. */
@Timeout(120)
class JsonTopicCrashIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    /** More than a converter gets done before it is killed. */
    private static final int AHEAD = 1_500;

    private static final int MOST_KILLS = 5;
    private static final Map<String, Object> UNCOMMITTED_TOO =
            Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");

    @TempDir
    private Path folder;

    private LocalCluster cluster;
    private KafkaClients clients;
    private Admin admin;
    private Path properties;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        cluster = LocalCluster.start(folder.resolve("cluster"), TOPICS);
        Map<String, String> config = Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS,
                cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL,
                cluster.registryUrl(),
                IngestConfig.SPOOL_DIRECTORY,
                folder.resolve("spool").toString(),
                IngestConfig.JSON_TOPIC,
                "true",
                "consumer.session.timeout.ms",
                "2000",
                "consumer.heartbeat.interval.ms",
                "500",
                "producer.transaction.timeout.ms",
                "1000");
        clients = new KafkaClients(new IngestConfig(config));
        admin = clients.newAdmin("it");
        properties = Files.write(
                folder.resolve("ingest.properties"),
                config.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    @AfterEach
    void stop() {
        admin.close();
        cluster.close();
    }

    @Test
    void shouldConvertEachRecordOnceWhenTheConverterIsKilledInsideATransaction() throws Exception {
        int kills = 0;
        boolean inside = false;
        while (!inside && kills < MOST_KILLS) {
            send(AHEAD);
            ChildIntake converter = ChildIntake.start(properties);
            awaitTransaction();
            converter.kill();
            kills++;
            inside = isTransactionOpen();
        }
        ChildIntake successor = ChildIntake.start(properties);
        List<ErrorEvent> events = committedOnceThereAre(sent);
        successor.kill();

        assertThat(inside).as("killed between publishing and committing").isTrue();
        assertThat(events.stream().map(event -> event.getTags().get("n")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, sent).mapToObj(Integer::toString).toList());
        assertThat(events).extracting(ErrorEvent::getEventId).doesNotHaveDuplicates();
        assertThat(count(UNCOMMITTED_TOO))
                .as("what the dead had published is there, and aborted")
                .isGreaterThan(sent);
    }

    private void send(int records) throws Exception {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = clients.newProducer("it")) {
            for (int i = 0; i < records; i++) {
                String json = "{\"service\":\"crash\",\"tags\":{\"n\":" + sent++ + "},\"exceptions\":[{\"type\":\"a.E"
                        + sent % 7 + "\"}]}";
                acknowledgements.add(producer.send(
                        new ProducerRecord<>(TOPICS.jsonErrorEvents().name(), json.getBytes(UTF_8))));
            }
        }
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }

    private void awaitTransaction() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isTransactionOpen()) {
            assertThat(System.nanoTime()).as("converts within 30 s").isLessThan(end);
        }
    }

    /** Whether something is published that readers of committed records must not see yet. */
    private boolean isTransactionOpen() throws Exception {
        return endOf(IsolationLevel.READ_UNCOMMITTED) > endOf(IsolationLevel.READ_COMMITTED);
    }

    /** Offsets after the last record, of all partitions together. */
    private long endOf(IsolationLevel isolation) throws Exception {
        String topic = TOPICS.errorEvents().name();
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private int count(Map<String, Object> isolation) {
        return read(isolation, 0).size();
    }

    private List<ErrorEvent> committedOnceThereAre(int least) {
        try (Deserializer<ErrorEvent> deserializer = clients.valueDeserializer(ErrorEvent.class)) {
            return read(Map.of(), least).stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    /** Everything that is in the topic of events, as soon as there is so much. */
    private List<ConsumerRecord<byte[], byte[]>> read(Map<String, Object> isolation, int least) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", isolation)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while ((records.size() < least || !isAtEnd(consumer, partitions)) && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static boolean isAtEnd(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(TOPICS.errorEvents().name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}
