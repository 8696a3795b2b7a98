package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 2xx arrives, whatever is killed meanwhile. */
@Timeout(180)
class IngestCrashIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Topic<ErrorEvent> EVENTS = TOPICS.errorEvents();
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final int SENDERS = 4;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger sent = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Semaphore newlyAccepted = new Semaphore(0);
    /** Held for reading by each request; for writing while there is nobody to send to. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private volatile boolean sending = true;
    private LocalCluster cluster;
    private Path properties;
    private URI endpoint;

    @BeforeEach
    void start() throws IOException {
        cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), TOPICS);
        int port = freePort();
        endpoint = URI.create("http://127.0.0.1:" + port + "/v1/errors");
        properties = Files.write(
                folder.resolve("ingest.properties"),
                config().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        Files.writeString(properties, Files.readString(properties) + "http.port=" + port + "\n");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void shouldPublishEveryAcceptedEventWhenBrokerIsAwayAndTheServiceIsKilled() throws Exception {
        ChildIntake intake = ChildIntake.start(properties);
        List<Thread> senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> new Thread(this::send, "sender-" + i))
                .toList();
        senders.forEach(Thread::start);
        awaitAccepted(300);

        cluster.stopBroker();
        Instant stopped = Instant.now();
        int kills = 0;
        while (Duration.between(stopped, Instant.now()).compareTo(OUTAGE) < 0) {
            awaitAccepted(300);
            intake = killAndRestart(intake);
            kills++;
        }
        Duration outage = Duration.between(stopped, Instant.now());
        cluster.startBroker();
        awaitAccepted(300);
        intake = killAndRestart(intake); // in the middle of catching up, or shortly after it
        awaitAccepted(300);
        sending = false;
        for (Thread sender : senders) {
            sender.join();
        }

        Map<String, Integer> found = readUntilComplete();
        intake.kill();
        int records = found.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "sent %d, answered 2xx %d, broker away %d s, killed %d times; in the topic: %d records, %d events, %d"
                        + " duplicates; lost %d%n",
                sent.get(),
                accepted.size(),
                outage.toSeconds(),
                kills + 1,
                records,
                found.size(),
                records - found.size(),
                accepted.stream().filter(id -> !found.containsKey(id)).count());
        assertThat(found.keySet()).containsAll(accepted);
        assertThat(found.size()).isLessThanOrEqualTo(sent.get());
    }

    @Test
    void shouldNotStartASecondProcessOnTheSameSpool() throws Exception {
        ChildIntake first = ChildIntake.start(properties);

        assertThat(ChildIntake.exitCode(properties)).isOne();
        first.kill();
    }

    private void send() {
        while (sending) {
            open.readLock().lock();
            try {
                sendOne("e-" + sent.incrementAndGet());
            } finally {
                open.readLock().unlock();
            }
        }
    }

    private void sendOne(String id) {
        String body = "{\"service\":\"cart\",\"eventId\":\"" + id + "\",\"exceptions\":[{\"type\":\"a.E\"}]}";
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            if (client.send(request, BodyHandlers.discarding()).statusCode() == 202) {
                accepted.add(id);
                newlyAccepted.release();
            }
        } catch (IOException killed) {
            // Nobody told the sender that this event is stored; it may be or not.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sending = false;
        }
    }

    private void awaitAccepted(int more) throws InterruptedException {
        newlyAccepted.drainPermits();
        assertThat(newlyAccepted.tryAcquire(more, 60, TimeUnit.SECONDS))
                .as("%d more events accepted within a minute", more)
                .isTrue();
    }

    /** Kills while requests are on their way; nobody sends while there is nobody to send to. */
    private ChildIntake killAndRestart(ChildIntake intake) throws Exception {
        intake.kill();
        open.writeLock().lock();
        try {
            return ChildIntake.start(properties);
        } finally {
            open.writeLock().unlock();
        }
    }

    /** How often each event stands in the topic, read until all that were accepted do or nothing comes for a while. */
    private Map<String, Integer> readUntilComplete() {
        Map<String, Integer> found = new HashMap<>();
        Instant end = Instant.now().plusSeconds(30);
        KafkaClients clients = new KafkaClients(new IngestConfig(config()));
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", Map.of());
                Deserializer<ErrorEvent> deserializer = clients.valueDeserializer(ErrorEvent.class)) {
            List<TopicPartition> partitions = consumer.partitionsFor(EVENTS.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while ((!found.keySet().containsAll(accepted) || !isSpoolEmpty())
                    && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record -> found.merge(
                                deserializer
                                        .deserialize(record.topic(), record.value())
                                        .getEventId(),
                                1,
                                Integer::sum));
            }
        }
        return found;
    }

    private boolean isSpoolEmpty() {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.noneMatch(file -> file.toString().endsWith(".spool"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Map<String, String> config() {
        return Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.ACK_TIMEOUT_MS, "1000",
                IngestConfig.SPOOL_DIRECTORY, folder.resolve("spool").toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
