package dev.selfheal.analysis.intake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Where the record was that a dead letter was made of, by Kafka's own error headers (KIP-1034). */
final class DeadLetterPlace {

    private static final String PREFIX = "__streams.errors.";

    private DeadLetterPlace() {}

    /** Topic, partition and offset as text; empty when the record is no dead letter that was sent again. */
    static Optional<String> of(Headers headers) {
        return text(headers, "topic")
                .flatMap(topic -> text(headers, "partition")
                        .flatMap(partition ->
                                text(headers, "offset").map(offset -> topic + '-' + partition + '@' + offset)));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(PREFIX + name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
