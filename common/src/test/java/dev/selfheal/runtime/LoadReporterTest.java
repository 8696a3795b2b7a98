package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadReporterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LoadMeter meter = new LoadMeter(2, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Serializer<SpecificRecord> serializer =
            (topic, record) -> record.toString().getBytes(StandardCharsets.UTF_8);
    private final LoadReporter reporter = new LoadReporter(
            "patch-worker", new Topics("t.").workerLoads(), meter, new MessagePublisher(producer, serializer));

    @AfterEach
    void stop() {
        reporter.close();
    }

    @Test
    void shouldTellItsCapacityAtFirstAndThenBeSilentWhileIdle() {
        reporter.report();
        reporter.report();

        assertThat(told()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("t.worker-loads");
            assertThat(text(record.key())).startsWith("patch-worker-");
            assertThat(text(record.value())).contains("\"capacity\": 2");
        });
    }

    @Test
    void shouldTellWhileBusyAndOnceWhenItNoLongerIs() {
        reporter.report();
        meter.taken(NOW.toEpochMilli());
        reporter.report();
        reporter.report();
        meter.released();
        meter.waiting(1);
        reporter.report();
        meter.waiting(0);
        reporter.report();
        reporter.report();

        assertThat(told())
                .hasSize(5)
                .last()
                .satisfies(record -> assertThat(text(record.value())).contains("\"inFlight\": 0", "\"lag\": 0"));
    }

    @Test
    void shouldTellAgainWhatCouldNotBePublished() {
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("no broker");
        reporter.report();
        producer.sendException = null;
        reporter.report();

        assertThat(told()).hasSize(1);
    }

    @Test
    void shouldTakeItsRecordAwayWhenClosed() {
        reporter.report();
        reporter.close();

        assertThat(told()).hasSize(2).last().satisfies(record -> {
            assertThat(record.value()).isNull();
            assertThat(record.key()).isEqualTo(told().get(0).key());
        });
    }

    private List<ProducerRecord<byte[], byte[]>> told() {
        return producer.history();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
