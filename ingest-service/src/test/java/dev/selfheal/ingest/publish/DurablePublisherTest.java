package dev.selfheal.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.ingest.spool.Spool;
import dev.selfheal.ingest.spool.SpoolFullException;
import dev.selfheal.ingest.spool.SpoolSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DurablePublisherTest {

    private static final Duration BOUND = Duration.ofMillis(100);
    private static final CompletableFuture<Void> TAKEN = CompletableFuture.completedFuture(null);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IngestMeters meters = new IngestMeters(registry);
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    private volatile Function<ErrorEvent, CompletableFuture<Void>> kafka = event -> TAKEN;
    private Spool spool;
    private DurablePublisher publisher;
    private Replay replay;

    @AfterEach
    void stop() {
        replay.close();
        publisher.close();
        spool.close();
    }

    @Test
    void shouldGoThroughTheSpoolUntilKafkaHasAnswered() throws Exception {
        start(1 << 20);

        publisher.publish(event("first")).get();

        assertThat(take(1)).containsExactly("first");
        assertThat(count("selfheal.ingest.spooled")).isOne();
    }

    @Test
    void shouldGoToKafkaDirectlyOnceItHasAnswered() throws Exception {
        startDirect(1 << 20);
        double spooled = count("selfheal.ingest.spooled");

        publisher.publish(event("second")).get();

        assertThat(taken.poll()).isEqualTo("second");
        assertThat(count("selfheal.ingest.spooled")).isEqualTo(spooled);
    }

    @Test
    void shouldSpoolAndReplayInOrderWhenKafkaIsAway() throws Exception {
        startDirect(1 << 20);
        kafka = event -> CompletableFuture.failedFuture(new TimeoutException("away"));

        for (int i = 0; i < 20; i++) {
            publisher.publish(event("e-" + i)).get();
        }
        assertThat(taken).isEmpty();
        kafka = event -> TAKEN;

        assertThat(take(20))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "e-" + i).toList());
    }

    @Test
    void shouldSpoolWhenKafkaNeverAnswers() throws Exception {
        startDirect(1 << 20);
        kafka = event -> new CompletableFuture<>();

        publisher.publish(event("late")).get();

        assertThat(count("selfheal.ingest.spooled")).isEqualTo(2);
        kafka = event -> TAKEN;
    }

    @Test
    void shouldPublishWhatAnEarlierProcessLeft() throws Exception {
        start(1 << 20);
        kafka = event -> CompletableFuture.failedFuture(new TimeoutException("away"));
        publisher.publish(event("left")).get();
        stop();
        kafka = event -> TAKEN;

        start(1 << 20);

        assertThat(take(1)).containsExactly("left");
    }

    @Test
    void shouldFailWhenTheSpoolIsFull() throws Exception {
        start(1 << 20);
        kafka = event -> CompletableFuture.failedFuture(new TimeoutException("away"));
        byte[] half = new byte[600 << 10];
        spool.append(half).get();

        assertThat(publisher.publish(event("x".repeat(500 << 10))))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(SpoolFullException.class);
    }

    @Test
    void shouldNotSpoolWhatTheBrokersNeverTake() throws Exception {
        startDirect(1 << 20);
        kafka = event -> CompletableFuture.failedFuture(new RecordTooLargeException("big"));

        assertThat(publisher.publish(event("big")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(RecordTooLargeException.class);
        assertThat(count("selfheal.ingest.spooled")).isOne();
    }

    @Test
    void shouldSetAsideWhatTheBrokersRefuseForItsSizeAndGoOn() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        kafka = event -> {
            if (back.getCount() > 0) {
                return CompletableFuture.failedFuture(new TimeoutException("away"));
            }
            return event.getEventId().equals("big")
                    ? CompletableFuture.failedFuture(new RecordTooLargeException("big"))
                    : TAKEN;
        };
        start(1 << 20);
        for (String id : List.of("a", "big", "b")) {
            publisher.publish(event(id)).get();
        }
        back.countDown();

        assertThat(take(2)).containsExactly("a", "b");
        replay.close(); // waits for the end of the batch
        assertThat(count("selfheal.ingest.quarantined")).isPositive();
        assertThat(folder.resolve("quarantine")).isDirectoryContaining("glob:**.spool-*");
    }

    @Test
    void shouldSetAsideAnEntryThatIsNoEventAndGoOn() throws Exception {
        start(1 << 20);
        spool.append("no event".getBytes(UTF_8)).get();
        publisher.publish(event("after")).get();

        assertThat(take(1)).containsExactly("after");
        replay.close();
        assertThat(count("selfheal.ingest.quarantined")).isEqualTo("no event".length());
    }

    @Test
    void shouldGoToKafkaDirectlyWhenAFewMebibytesAreLeftInTheSpool() throws Exception {
        releaseFirstOf(6 << 20);

        publisher.publish(event("new")).get();

        assertThat(taken.poll()).isEqualTo("new");
    }

    @Test
    void shouldQueueUpInTheSpoolWhenMoreIsLeftThanIsCaughtUpWithinAMoment() throws Exception {
        releaseFirstOf(9 << 20);

        publisher.publish(event("new")).get();

        assertThat(taken).isEmpty();
    }

    /** Lets one event through, and none of those behind it, which have so many bytes. */
    private void releaseFirstOf(int bytes) throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        CountDownLatch filled = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        kafka = event -> switch (event.getEventId()) {
            case "first" -> {
                tried.countDown();
                yield filled.getCount() == 0 ? TAKEN : new CompletableFuture<>();
            }
            case "old" -> {
                next.countDown();
                yield new CompletableFuture<>();
            }
            default -> TAKEN;
        };
        start(64 << 20);
        publisher.publish(event("first")).get();
        tried.await();
        ErrorEvent old = event("old", "m".repeat(1 << 20));
        CompletableFuture.allOf(IntStream.range(0, bytes >> 20)
                        .mapToObj(i -> publisher.publish(old))
                        .toArray(CompletableFuture<?>[]::new))
                .get();
        filled.countDown();
        assertThat(take(1)).containsExactly("first");
        next.await();
    }

    private void start(long maxBytes) {
        spool = new Spool(
                SpoolSettings.of(folder, maxBytes),
                EventCodec.schema(),
                (file, bytes) -> meters.quarantined(bytes),
                Clock.systemUTC());
        spool.open();
        EventPublisher recording = event -> kafka.apply(event).thenRun(() -> taken.add(event.getEventId()));
        publisher = new DurablePublisher(recording, spool, BOUND, meters);
        publisher.start();
        replay = new Replay(spool, recording, publisher, BOUND, meters);
        replay.start();
    }

    /** Until events go to Kafka directly. */
    private void startDirect(long maxBytes) throws Exception {
        start(maxBytes);
        publisher.publish(event("warm-up")).get();
        take(1);
        while (!spool.state().isEmpty()) {
            Thread.onSpinWait();
        }
        publisher.caughtUp();
    }

    private List<String> take(int events) throws InterruptedException {
        List<String> ids = new java.util.ArrayList<>();
        for (int i = 0; i < events; i++) {
            ids.add(taken.poll(20, TimeUnit.SECONDS));
        }
        return ids;
    }

    private double count(String name) {
        return registry.counter(name).count();
    }

    private static ErrorEvent event(String id) {
        return event(id, "m");
    }

    private static ErrorEvent event(String id, String message) {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        return ErrorEvent.newBuilder()
                .setEventId(id)
                .setGroup("v1:0")
                .setService("cart")
                .setSeverity(Severity.HIGH)
                .setOccurredAt(now)
                .setReceivedAt(now)
                .setProtocol(IntakeProtocol.JSON)
                .setExceptions(List.of(new ExceptionInfo("a.E", message, List.of())))
                .build();
    }
}
