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
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 2xx arrives, whatever is killed meanwhile, and counts once. */
@Timeout(180)
class IngestCrashIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Topic<ErrorEvent> EVENTS = TOPICS.errorEvents();
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    /** Of the analysis, by default. */
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(10);

    private static final int SENDERS = 4;
    private static final int GROUPS = 7;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
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

        sendOne("e-1"); // accepted before the outage, so there is one duplicate at least
        awaitEmptySpool();
        intake.kill();
        TopicAudit topic = TopicAudit.read(new KafkaClients(new IngestConfig(config())), EVENTS);
        Map<String, Integer> counted = topic.afterDeduplication(DUPLICATE_WINDOW);
        System.out.printf(
                "sent %d events, %d of them again, answered 2xx %d, other answers %s, broker away %d s, killed %d"
                        + " times; in the topic: %d records of %d events; duplicates before de-duplication %d, after it %d; lost %d%n",
                sent.get(),
                repeats.get() + 1,
                accepted.size(),
                refusals,
                outage.toSeconds(),
                kills + 1,
                topic.records(),
                counted.size(),
                topic.records() - counted.size(),
                counted.values().stream().filter(count -> count > 1).count(),
                accepted.stream().filter(id -> !counted.containsKey(id)).count());
        assertThat(topic.ids()).containsAll(accepted);
        assertThat(topic.ids()).as("nothing but what was sent").isSubsetOf(idsSent());
        assertThat(topic.records()).as("records with the duplicates").isGreaterThan(counted.size());
        assertThat(counted.values()).as("each event counts once").containsOnly(1);
        assertThat(refusals.keySet()).as("answers other than 2xx").isSubsetOf(Set.of(429));
    }

    @Test
    void shouldNotStartASecondProcessOnTheSameSpool() throws Exception {
        ChildIntake first = ChildIntake.start(properties);

        assertThat(ChildIntake.exitCode(properties)).isOne();
        first.kill();
    }

    /** As the manual asks for: what was not answered with 2xx is sent again, under the same id. */
    private void send() {
        String id = nextId();
        while (sending) {
            open.readLock().lock();
            try {
                sendOne(id);
            } finally {
                open.readLock().unlock();
            }
            if (accepted.contains(id)) {
                id = nextId();
            } else {
                repeats.incrementAndGet();
            }
        }
    }

    private String nextId() {
        return "e-" + sent.incrementAndGet();
    }

    private void sendOne(String id) {
        int group = Math.floorMod(id.hashCode(), GROUPS); // the topic's key, so that events spread over its partitions
        String body =
                "{\"service\":\"cart\",\"eventId\":\"" + id + "\",\"exceptions\":[{\"type\":\"a.E" + group + "\"}]}";
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                accepted.add(id);
                newlyAccepted.release();
            } else {
                refusals.merge(status, 1, Integer::sum);
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

    private Set<String> idsSent() {
        return IntStream.rangeClosed(1, sent.get()).mapToObj(i -> "e-" + i).collect(Collectors.toSet());
    }

    /** All that was accepted is in Kafka when the spool has no segment left. */
    private void awaitEmptySpool() throws IOException, InterruptedException {
        try (WatchService changes = spool().getFileSystem().newWatchService()) {
            spool().register(changes, StandardWatchEventKinds.ENTRY_DELETE);
            Instant end = Instant.now().plusSeconds(60);
            while (!isSpoolEmpty()) {
                assertThat(Instant.now())
                        .as("the spool is published within a minute")
                        .isBefore(end);
                WatchKey change = changes.poll(1, TimeUnit.SECONDS);
                if (change != null) {
                    change.pollEvents();
                    change.reset();
                }
            }
        }
    }

    private boolean isSpoolEmpty() throws IOException {
        try (Stream<Path> files = Files.list(spool())) {
            return files.noneMatch(file -> file.toString().endsWith(".spool"));
        }
    }

    private Path spool() {
        return folder.resolve("spool");
    }

    private Map<String, String> config() {
        return Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.ACK_TIMEOUT_MS, "1000",
                IngestConfig.SPOOL_DIRECTORY, spool().toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
