package dev.selfheal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.Feedback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeHeadersTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant RECORD_TIME = Instant.parse("2026-11-22T09:00:00Z");
    private static final RecordPosition POSITION = new RecordPosition("selfheal.x", 3, 42);
    private static final Feedback DATA = new Feedback(1, "compiles", "no");

    @Test
    void shouldReadWhatItWrote() {
        Envelope<Feedback> envelope = new Envelope<>(
                "id-1",
                "/selfheal/test",
                "key",
                Instant.parse("2026-11-22T10:00:00.5Z"),
                Optional.of(TRACE),
                Optional.of("case-1"),
                Optional.of("id-0"),
                2,
                DATA);
        assertThat(read(EnvelopeHeaders.of(envelope))).isEqualTo(envelope);
    }

    @Test
    void shouldWriteCloudEventsAttributes() {
        Headers headers = EnvelopeHeaders.of(Envelope.first("/selfheal/test", "key", RECORD_TIME, DATA));
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_type")).isEqualTo("dev.selfheal.Feedback");
        assertThat(text(headers, "ce_time")).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(text(headers, "ce_dataschema")).isEqualTo("urn:avro:dev.selfheal.event.Feedback");
        assertThat(text(headers, "ce_attempt")).isEqualTo("0");
        assertThat(headers.lastHeader("ce_correlationid")).isNull();
        assertThat(headers.lastHeader("traceparent")).isNull();
    }

    @Test
    void shouldReplaceHeadersOfAnEarlierMessageWhenTheRecordIsForwarded() {
        Headers headers = EnvelopeHeaders.of(Envelope.first("/a", "key", RECORD_TIME, DATA));
        EnvelopeHeaders.write(Envelope.first("/b", "key", RECORD_TIME, DATA), headers);
        assertThat(headers.headers("ce_source")).hasSize(1);
        assertThat(text(headers, "ce_source")).isEqualTo("/b");
    }

    @Test
    void shouldDeriveEverythingWhenAForeignProducerSentNoHeaders() {
        Envelope<Feedback> envelope = read(new RecordHeaders());
        assertThat(envelope.id()).isEqualTo("selfheal.x-3-42");
        assertThat(envelope.source()).isEqualTo("/kafka/selfheal.x");
        assertThat(envelope.subject()).isEqualTo("the-key");
        assertThat(envelope.time()).isEqualTo(RECORD_TIME);
        assertThat(envelope.attempt()).isZero();
        assertThat(envelope.traceparent()).isEmpty();
        assertThat(envelope.correlationId()).isEmpty();
        assertThat(envelope.causationId()).isEmpty();
    }

    @Test
    void shouldReadAConsumedRecordWithBytesAsKey() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("t", 1, 7, "clé".getBytes(StandardCharsets.UTF_8), new byte[0]);
        Envelope<Feedback> envelope = EnvelopeHeaders.read(record, DATA);
        assertThat(envelope.subject()).isEqualTo("clé");
        assertThat(envelope.id()).isEqualTo("t-1-7");
        assertThat(envelope.time()).isEqualTo(Instant.EPOCH); // the record has no timestamp: -1
    }

    @Test
    void shouldReadTheTransportsTraceparentWhenTheEventHasNone() {
        Headers headers = new RecordHeaders().add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
        assertThat(read(headers).traceparent()).contains(TRACE);
    }

    @Test
    void shouldIgnoreATraceparentThatDoesNotParse() {
        Headers headers = new RecordHeaders().add("ce_traceparent", "junk".getBytes(StandardCharsets.UTF_8));
        assertThat(read(headers).traceparent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ce_time,yesterday",
        "ce_time,2026-11-22",
        "ce_attempt,-1",
        "ce_attempt,99999999999",
        "ce_attempt,two",
        "ce_specversion,0.3",
        "ce_id,' '",
        "ce_source,''",
        "ce_correlationid,' '"
    })
    void shouldNameTheHeaderWhenItIsMalformed(String name, String value) {
        Headers headers = new RecordHeaders().add(name, value.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(headers))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("'" + value + "'");
    }

    @Test
    void shouldTakeANullHeaderAsMissing() {
        assertThat(read(new RecordHeaders().add("ce_id", null)).id()).isEqualTo("selfheal.x-3-42");
    }

    private static Envelope<Feedback> read(Headers headers) {
        return EnvelopeHeaders.read(headers, POSITION, Optional.of("the-key"), RECORD_TIME, DATA);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
