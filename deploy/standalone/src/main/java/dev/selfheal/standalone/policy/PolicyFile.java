package dev.selfheal.standalone.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.json.JsonFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.AvroTypeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Reads a {@link HealingPolicy} from JSON with the contract's own field names; what is left out keeps its default. */
public final class PolicyFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyFile() {}

    /**
     * Overlays the file on the defaults.
     *
     * @throws IOException when the file cannot be read, is not JSON, or holds a field or value that the contract does
     *     not know; the message names the field as a JSON pointer
     */
    public static HealingPolicy read(Path file, HealingPolicy defaults) throws IOException {
        JsonNode overlay;
        byte[] utf8 = Files.readAllBytes(file);
        try {
            overlay = JSON.readTree(utf8);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " " + JsonFault.of(e, utf8), e);
        }
        if (!overlay.isObject()) {
            throw new IOException(file + " must hold one JSON object");
        }
        JsonNode merged = JSON.readTree(toJson(defaults));
        merge((ObjectNode) merged, overlay, HealingPolicy.getClassSchema(), file + " ");
        try {
            return fromJson(JSON.writeValueAsString(merged));
        } catch (AvroTypeException e) {
            throw new IOException(file + " does not fit the policy: " + e.getMessage(), e);
        }
    }

    private static void merge(ObjectNode into, JsonNode overlay, Schema schema, String where) throws IOException {
        for (Map.Entry<String, JsonNode> field : overlay.properties()) {
            String at = where + "/" + field.getKey();
            Schema.Field known = schema.getField(field.getKey());
            if (known == null) {
                throw new IOException(at + ": no such field; known are " + names(schema));
            }
            into.set(field.getKey(), value(into.get(field.getKey()), field.getValue(), known.schema(), at));
        }
    }

    /** What stands in the merged policy, in Avro's JSON. */
    private static JsonNode value(JsonNode before, JsonNode overlay, Schema schema, String at) throws IOException {
        if (schema.getType() == Schema.Type.RECORD) {
            requireFits(overlay.isObject(), at, "an object");
            merge((ObjectNode) before, overlay, schema, at);
            return before;
        }
        if (schema.getType() == Schema.Type.UNION) {
            return optional(overlay, schema, at);
        }
        check(overlay, schema, at);
        return overlay;
    }

    /** Avro's JSON names the type of what may be null. */
    private static JsonNode optional(JsonNode overlay, Schema union, String at) throws IOException {
        if (overlay.isNull()) {
            return overlay;
        }
        Schema type = union.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow(() -> new IOException(at + ": must be null"));
        JsonNode before = JSON.nullNode();
        if (type.getType() == Schema.Type.RECORD) {
            requireFits(overlay.isObject(), at, "an object or null");
            before = defaults(overlay, type, at);
        }
        ObjectNode named = JSON.createObjectNode();
        named.set(type.getFullName(), value(before, overlay, type, at));
        return named;
    }

    private static ObjectNode defaults(JsonNode overlay, Schema schema, String at) throws IOException {
        ObjectNode defaults = JSON.createObjectNode();
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                Object value = field.defaultVal();
                defaults.set(
                        field.name(), value == JsonProperties.NULL_VALUE ? JSON.nullNode() : JSON.valueToTree(value));
            } else if (!overlay.has(field.name())) {
                throw new IOException(at + "/" + field.name() + ": is missing");
            }
        }
        return defaults;
    }

    private static void check(JsonNode value, Schema schema, String at) throws IOException {
        switch (schema.getType()) {
            case STRING -> requireFits(value.isTextual(), at, "a string");
            case INT -> requireFits(value.isIntegralNumber() && value.canConvertToInt(), at, "a whole number");
            case LONG -> requireFits(value.isIntegralNumber() && value.canConvertToLong(), at, "a whole number");
            case DOUBLE -> requireFits(value.isNumber(), at, "a number");
            case BOOLEAN -> requireFits(value.isBoolean(), at, "true or false");
            case ENUM ->
                requireFits(
                        value.isTextual() && schema.hasEnumSymbol(value.asText()),
                        at,
                        "one of " + schema.getEnumSymbols());
            case ARRAY -> {
                requireFits(value.isArray(), at, "an array");
                for (int i = 0; i < value.size(); i++) {
                    check(value.get(i), schema.getElementType(), at + "/" + i);
                }
            }
            default -> throw new IOException(at + ": cannot be set in a file");
        }
    }

    private static void requireFits(boolean fits, String at, String expected) throws IOException {
        if (!fits) {
            throw new IOException(at + ": must be " + expected);
        }
    }

    private static SortedSet<String> names(Schema schema) {
        SortedSet<String> names = new TreeSet<>();
        schema.getFields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static String toJson(HealingPolicy policy) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(HealingPolicy.getClassSchema(), out);
        new SpecificDatumWriter<>(HealingPolicy.class).write(policy, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static HealingPolicy fromJson(String json) throws IOException {
        return new SpecificDatumReader<>(HealingPolicy.class)
                .read(null, DecoderFactory.get().jsonDecoder(HealingPolicy.getClassSchema(), json));
    }
}
