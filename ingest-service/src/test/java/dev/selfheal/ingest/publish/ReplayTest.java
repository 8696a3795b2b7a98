package dev.selfheal.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.ingest.spool.Spool;
import dev.selfheal.ingest.spool.SpoolSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ReplayTest {

    private static final Duration BOUND = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

    static Stream<ApiException> refusals() {
        return Stream.of(
                new InvalidTimestampException("ahead of the broker"),
                new InvalidRecordException("of no use"),
                new PolicyViolationException("not this one"),
                new RecordTooLargeException("too large"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldKeepWhatKafkaRefusesForGoodAndPublishWhatIsBehindIt(ApiException refusal) throws Exception {
        EventPublisher kafka = event -> {
            if (event.getEventId().equals("refused")) {
                return CompletableFuture.failedFuture(refusal);
            }
            taken.add(event.getEventId());
            return CompletableFuture.completedFuture(null);
        };
        IngestMeters meters = new IngestMeters(new SimpleMeterRegistry());
        try (Spool spool = new Spool(
                        SpoolSettings.of(folder, 1 << 20),
                        EventCodec.schema(),
                        (file, bytes) -> {},
                        Clock.systemUTC());
                DurablePublisher publisher = new DurablePublisher(kafka, spool, BOUND, meters);
                Replay replay = new Replay(spool, kafka, publisher, BOUND, meters)) {
            spool.open();
            publisher.start();
            publisher.publish(event("refused")).get();
            publisher.publish(event("next")).get();

            replay.start();

            assertThat(taken.poll(30, TimeUnit.SECONDS)).isEqualTo("next");
        }
        try (Stream<Path> kept = Files.list(folder.resolve("quarantine"))) {
            assertThat(kept).hasSize(1);
        }
    }

    private static ErrorEvent event(String id) {
        Instant now = Instant.parse("2026-11-22T20:15:30Z");
        return ErrorEvent.newBuilder()
                .setEventId(id)
                .setGroup("v1:0")
                .setVariant("0")
                .setService("cart")
                .setEnvironment("")
                .setRelease(null)
                .setCommit(null)
                .setPlatform("java")
                .setSeverity(Severity.MEDIUM)
                .setOccurredAt(now)
                .setReceivedAt(now)
                .setProtocol(IntakeProtocol.JSON)
                .setExceptions(List.of(new ExceptionInfo("E", "m", List.of())))
                .setTags(Map.of())
                .setTraceId(null)
                .setReproduction(null)
                .setScrubbed(0)
                .build();
    }
}
