package dev.selfheal.envelope;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Envelopes to and from Kafka headers, as the CloudEvents Kafka binding's binary mode has it. Producers other than ours
 * may leave every header out: what is missing is derived from the record itself. What is there must be well formed.
 */
public final class EnvelopeHeaders {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String DATA_SCHEMA = "ce_dataschema";
    public static final String CE_TRACEPARENT = "ce_traceparent";
    /** W3C trace context as instrumented clients send it; written beside {@link #CE_TRACEPARENT}, read after it. */
    public static final String TRACEPARENT = "traceparent";

    public static final String CORRELATION_ID = "ce_correlationid";
    public static final String CAUSATION_ID = "ce_causationid";
    public static final String ATTEMPT = "ce_attempt";
    public static final String CONTENT_TYPE = "content-type";

    private static final Pattern W3C_TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern ATTEMPT_DIGITS = Pattern.compile("[0-9]{1,9}");

    private EnvelopeHeaders() {}

    /** The headers of a message; the record's key is the envelope's subject. */
    public static Headers of(Envelope<?> envelope) {
        Headers headers = new RecordHeaders();
        write(envelope, headers);
        return headers;
    }

    /** Adds the headers of a message, replacing earlier ones of the same name. */
    public static void write(Envelope<?> envelope, Headers headers) {
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, envelope.id());
        put(headers, SOURCE, envelope.source());
        put(headers, TYPE, envelope.type());
        put(headers, SUBJECT, envelope.subject());
        put(headers, TIME, envelope.time().toString());
        put(headers, DATA_SCHEMA, "urn:avro:" + envelope.data().getSchema().getFullName());
        put(headers, CONTENT_TYPE, "application/avro");
        put(headers, ATTEMPT, Integer.toString(envelope.attempt()));
        put(headers, CE_TRACEPARENT, envelope.traceparent());
        put(headers, TRACEPARENT, envelope.traceparent());
        put(headers, CORRELATION_ID, envelope.correlationId());
        put(headers, CAUSATION_ID, envelope.causationId());
    }

    /**
     * The message in a consumed record.
     *
     * @throws SerializationException naming the header that is there and malformed
     */
    public static <T extends SpecificRecord> Envelope<T> read(ConsumerRecord<?, ?> record, T data) {
        Object key = record.key() instanceof byte[] bytes ? utf8(bytes) : record.key();
        return read(
                record.headers(),
                RecordPosition.of(record),
                Optional.ofNullable(key).map(Object::toString),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                data);
    }

    /**
     * The message in a record of which only the parts are at hand, as in Kafka Streams.
     *
     * @param position gives the id where the producer gave none
     * @param key gives the subject where the producer gave none
     * @param timestamp of the record; gives the time where the producer gave none
     * @throws SerializationException naming the header that is there and malformed
     */
    public static <T extends SpecificRecord> Envelope<T> read(
            Headers headers, RecordPosition position, Optional<String> key, Instant timestamp, T data) {
        text(headers, SPEC_VERSION).ifPresent(EnvelopeHeaders::requireVersion1);
        return new Envelope<>(
                text(headers, ID).orElseGet(position::toString),
                text(headers, SOURCE).orElseGet(() -> "/kafka/" + position.topic()),
                text(headers, SUBJECT).or(() -> key).orElse(""),
                text(headers, TIME).map(EnvelopeHeaders::instant).orElse(timestamp),
                traceparent(headers, CE_TRACEPARENT).or(() -> traceparent(headers, TRACEPARENT)),
                text(headers, CORRELATION_ID),
                text(headers, CAUSATION_ID),
                text(headers, ATTEMPT).map(EnvelopeHeaders::attempt).orElse(0),
                data);
    }

    private static void put(Headers headers, String name, Optional<String> value) {
        value.ifPresent(text -> put(headers, name, text));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the header is missing or null; blank values of a CloudEvents attribute are malformed. */
    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String value = utf8(header.value());
        if (value.isBlank() && !name.equals(SUBJECT)) {
            throw malformed(name, value, "must not be blank");
        }
        return Optional.of(value);
    }

    /** The W3C rule: a traceparent that does not parse is as good as none. */
    private static Optional<String> traceparent(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(EnvelopeHeaders::utf8)
                .filter(value -> W3C_TRACEPARENT.matcher(value).matches());
    }

    private static void requireVersion1(String version) {
        if (!version.equals("1") && !version.startsWith("1.")) {
            throw malformed(SPEC_VERSION, version, "must be 1.0");
        }
    }

    private static Instant instant(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw malformed(TIME, value, "must be an RFC 3339 timestamp");
        }
    }

    private static int attempt(String value) {
        // At most nine digits, so that it fits an int; no sign.
        if (!ATTEMPT_DIGITS.matcher(value).matches()) {
            throw malformed(ATTEMPT, value, "must be a whole number from 0");
        }
        return Integer.parseInt(value);
    }

    private static SerializationException malformed(String name, String value, String rule) {
        return new SerializationException("header " + name + " is '" + value + "', " + rule);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
