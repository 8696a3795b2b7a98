package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How a list is sorted: the greatest weight first, equals by their key. Every instance sorts alike, so that pages of
 * several can be merged and the next page can begin anywhere.
 *
 * @param key name of the field that tells rows apart
 */
record Order(String key, ToDoubleFunction<ObjectNode> weight) {

    /** Where a row stands; as text it is the {@code after} of the next page. */
    record Place(double weight, String key) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingDouble(Place::weight).reversed().thenComparing(Place::key);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        String cursor() {
            byte[] text = key.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = ByteBuffer.allocate(Double.BYTES + text.length)
                    .putDouble(weight)
                    .put(text)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        static Place of(String cursor) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
                if (bytes.remaining() >= Double.BYTES) {
                    double weight = bytes.getDouble();
                    return new Place(
                            weight, StandardCharsets.UTF_8.decode(bytes).toString());
                }
            } catch (IllegalArgumentException e) {
                throw QueryException.invalid("after", "is no cursor; take it from the \"next\" of the page before");
            }
            throw QueryException.invalid("after", "is no cursor; take it from the \"next\" of the page before");
        }
    }

    /** Alphabetical. */
    static Order byKey(String key) {
        return new Order(key, row -> 0);
    }

    /** Newest first. */
    static Order byTime(String field, String key) {
        return new Order(key, row -> Instant.parse(row.path(field).asText()).toEpochMilli());
    }

    /** Greatest first. */
    static Order byNumber(String field, String key) {
        return new Order(key, row -> row.path(field).asDouble());
    }

    Place placeOf(ObjectNode row) {
        return new Place(weight.applyAsDouble(row), row.path(key).asText());
    }

    static Optional<Place> after(Parameters parameters) {
        return parameters.text("after").map(Place::of);
    }
}
