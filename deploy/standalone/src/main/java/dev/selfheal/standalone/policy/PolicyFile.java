package dev.selfheal.standalone.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.HealingPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.AvroTypeException;
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
        try {
            overlay = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
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
            if (known.schema().getType() == Schema.Type.RECORD) {
                requireFits(field.getValue().isObject(), at, "an object");
                merge((ObjectNode) into.get(field.getKey()), field.getValue(), known.schema(), at);
            } else {
                check(field.getValue(), known.schema(), at);
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    private static void check(JsonNode value, Schema schema, String at) throws IOException {
        switch (schema.getType()) {
            case STRING -> requireFits(value.isTextual(), at, "a string");
            case INT -> requireFits(value.isIntegralNumber() && value.canConvertToInt(), at, "a whole number");
            case LONG -> requireFits(value.isIntegralNumber() && value.canConvertToLong(), at, "a whole number");
            case DOUBLE -> requireFits(value.isNumber(), at, "a number");
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
