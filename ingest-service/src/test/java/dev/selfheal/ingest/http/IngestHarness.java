package dev.selfheal.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** The intake's HTTP server with a list in the place of Kafka. */
final class IngestHarness implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T20:15:30Z");
    static final Limits LIMITS = new Limits(200_000, 60_000, 20, 16, 100);
    /** Of whoever shows the key {@code shop-key}; everybody else but {@code wrong} is of the open project. */
    static final Project SHOP = new Project("7", Optional.of("basket"), Map.of(), Optional.empty());

    static final ProjectKeys KEYS = key -> switch (key) {
        case "wrong" -> Optional.empty();
        case "shop-key" -> Optional.of(SHOP);
        default -> Optional.of(Project.OPEN);
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<ErrorEvent> published = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> acknowledgement = CompletableFuture.completedFuture(null);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IngestHttp http;

    IngestHarness() {
        this(ProjectRates.UNLIMITED);
    }

    IngestHarness(ProjectRates rates) {
        this(KEYS, rates);
    }

    IngestHarness(ProjectKeys keys, ProjectRates rates) {
        this(keys, rates, new MemoryBudget(64 << 20), Listener.IDLE);
    }

    IngestHarness(MemoryBudget memory) {
        this(KEYS, ProjectRates.UNLIMITED, memory, Listener.IDLE);
    }

    IngestHarness(MemoryBudget memory, Duration idle) {
        this(KEYS, ProjectRates.UNLIMITED, memory, idle);
    }

    private IngestHarness(ProjectKeys keys, ProjectRates rates, MemoryBudget memory, Duration idle) {
        IngestMeters meters = new IngestMeters(registry);
        Intake intake = new Intake(
                new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of())),
                event -> {
                    published.add(event);
                    return acknowledgement;
                },
                Clock.fixed(NOW, ZoneOffset.UTC),
                meters);
        http = new IngestHttp(
                new Listener("127.0.0.1", 0, Optional.empty(), idle), LIMITS, memory, intake, meters, keys, rates);
        http.start();
    }

    /**
     * @param headers names and values in turn
     */
    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(http.address().resolve(path)).POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Without a body. */
    HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http.address().resolve(path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    URI address() {
        return http.address();
    }

    /** The value of a counter; 0 when it never counted. */
    double count(String meter, String... tags) {
        return registry.counter(meter, tags).count();
    }

    static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        http.close();
    }
}
