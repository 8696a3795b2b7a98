package dev.selfheal.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of the contract as JSON for people and their tools: fields keep their names, times are ISO-8601, what is null is
 * left out. Not Avro's own JSON encoding, which names the branch of every union.
 */
public final class RecordJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordJson() {}

    public static ObjectNode of(SpecificRecord record) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                node.set(field.name(), value(value));
            }
        }
        return node;
    }

    private static JsonNode value(Object value) {
        if (value instanceof SpecificRecord record) {
            return of(record);
        }
        if (value instanceof Collection<?> values) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(element -> array.add(value(element)));
            return array;
        }
        if (value instanceof Map<?, ?> entries) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, entry) -> node.set(key.toString(), value(entry)));
            return node;
        }
        return value instanceof Instant || value instanceof Enum<?> || value instanceof CharSequence
                ? JsonNodeFactory.instance.textNode(value.toString())
                : MAPPER.valueToTree(value);
    }
}
