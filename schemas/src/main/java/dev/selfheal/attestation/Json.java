package dev.selfheal.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as signed things need it: what one parser reads, every parser must read. */
final class Json {

    /** No duplicate keys, nothing after the document: two parsers could disagree on either. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode readStrictly(byte[] json) throws JsonProcessingException {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /**
     * @throws IllegalArgumentException when the field is missing
     */
    static JsonNode required(JsonNode node, String field) {
        if (!node.has(field)) {
            throw new IllegalArgumentException("field '" + field + "' is missing");
        }
        return node.get(field);
    }

    /**
     * @throws IllegalArgumentException when the field is missing or no text
     */
    static String text(JsonNode node, String field) {
        JsonNode value = required(node, field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field '" + field + "' is no text");
        }
        return value.textValue();
    }
}
