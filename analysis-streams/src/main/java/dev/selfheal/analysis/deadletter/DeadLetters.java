package dev.selfheal.analysis.deadletter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Makes dead letters: the original bytes, Kafka's own error headers (KIP-1034), one topic per source topic. */
final class DeadLetters {

    /** Handler setting: dead-letter topic by source topic, as a map. */
    static final String TOPICS = "selfheal.dead.letter.topics";

    private static final int MAX_STACKTRACE = 16_000;
    private static final int MAX_MESSAGE = 2_000;

    private final Map<String, String> topics;

    DeadLetters(Map<String, ?> settings) {
        topics = settings.get(TOPICS) instanceof Map<?, ?> configured ? texts(configured) : Map.of();
    }

    /** The letter; empty when the source has no dead-letter topic. */
    Optional<ProducerRecord<byte[], byte[]>> letter(
            ErrorHandlerContext context, byte[] key, byte[] value, Exception failure) {
        return topicOf(context.topic()).map(topic -> {
            Headers headers = new RecordHeaders(context.headers().toArray());
            put(headers, "exception", failure.getClass().getName());
            put(headers, "message", cut(String.valueOf(failure.getMessage()), MAX_MESSAGE));
            put(headers, "stacktrace", cut(stackTrace(failure), MAX_STACKTRACE));
            put(headers, "topic", context.topic());
            put(headers, "partition", Integer.toString(context.partition()));
            put(headers, "offset", Long.toString(context.offset()));
            return new ProducerRecord<>(
                    topic, null, context.timestamp() < 0 ? null : context.timestamp(), key, value, headers);
        });
    }

    /** Repartition topics are named {@code <application>-<step>-repartition}; their letters go to the step's source. */
    private Optional<String> topicOf(String source) {
        return Optional.ofNullable(topics.get(source))
                .or(() -> topics.entrySet().stream()
                        .filter(entry -> source.endsWith("-" + entry.getKey() + "-repartition"))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static void put(Headers headers, String name, String value) {
        String full = "__streams.errors." + name;
        headers.remove(full).add(full, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static Map<String, String> texts(Map<?, ?> configured) {
        return configured.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue())));
    }
}
