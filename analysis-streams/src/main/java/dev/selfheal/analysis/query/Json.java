package dev.selfheal.analysis.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.serde.RecordJson;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;

/** Answers as JSON. Records of the contract keep their field names; times are ISO-8601, what is null is left out. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /**
     * Why there is no answer.
     *
     * @param code stable, for programs
     * @param field the parameter it is about; empty for the whole
     * @param message for people: what is wrong and what to do
     */
    record Problem(String code, String field, String message) {

        ObjectNode toJson() {
            ObjectNode body = object();
            body.putObject("error").put("code", code).put("field", field).put("message", message);
            return body;
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of ours cannot be written as JSON", e);
        }
    }

    /**
     * @throws IOException when the bytes are no JSON
     */
    static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    static ObjectNode of(SpecificRecord record) {
        return RecordJson.of(record);
    }
}
