package dev.selfheal.runtime;

import dev.selfheal.errors.HealingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a dead letter looks like: key, value and headers as they came, unless the topic's {@link RecordForm} shows the value
 * otherwise, and why under the header names that Kafka Streams uses for its own dead letters, so that one tool reads both.
 */
final class DeadLetters {

    static final String EXCEPTION = "__streams.errors.exception";
    static final String STACKTRACE = "__streams.errors.stacktrace";
    static final String MESSAGE = "__streams.errors.message";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";
    /** Ours: the stable code of the error, see docs/errors.md. */
    static final String CODE = "selfheal.error.code";

    /** Ours: size in bytes of a value that was left out, because the broker refused the letter as too large. */
    static final String VALUE_LEFT_OUT = "selfheal.error.value-left-out";

    /** Characters; enough for the cause, and bounded so that the letter stays publishable. */
    private static final int LONGEST_STACKTRACE = 16_000;

    private static final int LONGEST_MESSAGE = 2_000;

    private DeadLetters() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, HealingException cause) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        put(headers, EXCEPTION, origin(cause).getClass().getName());
        put(headers, STACKTRACE, shortened(stackTrace(cause), LONGEST_STACKTRACE));
        put(headers, MESSAGE, shortened(String.valueOf(cause.getMessage()), LONGEST_MESSAGE));
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        put(headers, CODE, cause.code().name());
        return new ProducerRecord<>(record.topic() + ".dlq", null, record.key(), record.value(), headers);
    }

    /** The same letter with another value. */
    static ProducerRecord<byte[], byte[]> withValue(ProducerRecord<byte[], byte[]> letter, byte[] value) {
        return new ProducerRecord<>(letter.topic(), null, letter.key(), value, letter.headers());
    }

    /** The same letter with its headers and key only. */
    static ProducerRecord<byte[], byte[]> withoutValue(ProducerRecord<byte[], byte[]> letter) {
        Headers headers = new RecordHeaders(letter.headers().toArray());
        int size = letter.value() == null ? 0 : letter.value().length;
        put(headers, VALUE_LEFT_OUT, Integer.toString(size));
        return new ProducerRecord<>(letter.topic(), null, letter.key(), null, headers);
    }

    /** The exception that was thrown first: ours only says what it means for the message. */
    private static Throwable origin(HealingException cause) {
        return cause.getCause() == null ? cause : cause.getCause();
    }

    private static String stackTrace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
