package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowReaderTest {

    private static final int LINES = 10_000;
    private static final String GOOD = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"E\",\"frames\":[]}]}\n";

    /** Its answer names the field, six characters for each of one. */
    private static final String BAD =
            GOOD.strip().replaceFirst("}$", "") + ",\"tags\":{\"" + "\\u0001".repeat(120) + "\":{}}}\n";

    private final BlockingQueue<CompletableFuture<Void>> sent = new LinkedBlockingQueue<>();

    /** Kafka acknowledges all events on one thread. */
    @Test
    void shouldNotHoldTheThreadThatAcknowledgesForAClientThatDoesNotRead() throws Exception {
        Intake intake = new Intake(
                new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of())),
                event -> {
                    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
                    sent.add(acknowledgement);
                    return acknowledgement;
                },
                Clock.systemUTC(),
                new IngestMeters(new SimpleMeterRegistry()));
        try (IngestHttp http = start(intake);
                Socket client = new Socket()) {
            client.setReceiveBufferSize(4_096);
            client.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), http.address().getPort()));
            // The last line is good too: once it is sent, all of the batch was read.
            post(client.getOutputStream(), GOOD + BAD.repeat(LINES - 2) + GOOD);
            CompletableFuture<Void> first = poll();
            CompletableFuture<Void> last = poll();

            CompletableFuture<Void> acknowledging = CompletableFuture.runAsync(() -> {
                first.complete(null);
                last.complete(null);
            });

            acknowledging.get(20, TimeUnit.SECONDS);
        }
    }

    private CompletableFuture<Void> poll() throws InterruptedException {
        return Optional.ofNullable(sent.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    private static IngestHttp start(Intake intake) {
        IngestHttp http = new IngestHttp(
                Listener.plain("127.0.0.1", 0),
                new Limits(16 << 20, 1 << 20, LINES, 32, 8_192),
                new MemoryBudget(64 << 20),
                intake,
                new IngestMeters(new SimpleMeterRegistry()),
                ProjectKeys.OPEN,
                ProjectRates.UNLIMITED);
        http.start();
        return http;
    }

    private static void post(OutputStream out, String body) throws Exception {
        byte[] bytes = body.getBytes(UTF_8);
        out.write(("POST /v1/errors HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                        + bytes.length + "\r\n\r\n")
                .getBytes(UTF_8));
        out.write(bytes);
        out.flush();
        assertThat(bytes.length).isLessThan(16 << 20);
    }
}
