package dev.selfheal.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The part of Confluent's REST API that Avro serializers use: subjects, versions, ids, compatibility. References, deletion
 * and schema types other than Avro are refused.
 */
final class RegistryApi {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SchemaStore store;

    RegistryApi(SchemaStore store) {
        this.store = store;
    }

    /**
     * @param segments of the path, decoded
     * @throws RegistryException when the answer is an error
     */
    JsonNode answer(String method, String[] segments, JsonNode body) {
        return switch (segments[0]) {
            case "subjects" -> subjects(method, segments, body);
            case "schemas" -> schemas(method, segments);
            case "config" -> config(method, segments, body);
            case "compatibility" -> compatibility(method, segments, body);
            case "mode" -> JSON.objectNode().put("mode", "READWRITE");
            default -> throw RegistryException.noSuchPath();
        };
    }

    private JsonNode subjects(String method, String[] path, JsonNode body) {
        return switch (method + " " + path.length) {
            case "GET 1" -> {
                ArrayNode names = JSON.arrayNode();
                store.subjects().forEach(names::add);
                yield names;
            }
            case "POST 2" -> json(store.lookUp(path[1], schema(body)));
            case "GET 3" -> {
                ArrayNode numbers = JSON.arrayNode();
                store.versionsOf(path[1]).forEach(v -> numbers.add(v.version()));
                yield numbers;
            }
            case "POST 3" ->
                JSON.objectNode()
                        .put("id", store.register(path[1], schema(body)).id());
            case "GET 4" -> json(store.version(path[1], path[3]));
            default -> throw RegistryException.noSuchPath();
        };
    }

    /** {@code format=resolved} asks for references to be inlined; there are none here, so it is always answered. */
    private JsonNode schemas(String method, String[] path) {
        if (method.equals("GET") && path.length == 2 && path[1].equals("types")) {
            return JSON.arrayNode().add("AVRO");
        }
        if (method.equals("GET") && path.length == 3 && path[1].equals("ids")) {
            if (!path[2].matches("[0-9]{1,9}")) {
                throw RegistryException.noSuchSchema(path[2]);
            }
            return JSON.objectNode().put("schema", store.text(Integer.parseInt(path[2])));
        }
        throw RegistryException.noSuchPath();
    }

    private JsonNode config(String method, String[] path, JsonNode body) {
        return switch (method + " " + path.length) {
            case "GET 1" ->
                JSON.objectNode()
                        .put("compatibilityLevel", store.globalCompatibility().name());
            case "GET 2" ->
                JSON.objectNode()
                        .put("compatibilityLevel", store.compatibility(path[1]).name());
            case "PUT 1" -> {
                Compatibility level = level(body);
                store.setGlobalCompatibility(level);
                yield JSON.objectNode().put("compatibility", level.name());
            }
            case "PUT 2" -> {
                Compatibility level = level(body);
                store.setCompatibility(path[1], level);
                yield JSON.objectNode().put("compatibility", level.name());
            }
            default -> throw RegistryException.noSuchPath();
        };
    }

    /** {@code POST /compatibility/subjects/S/versions/V}. */
    private JsonNode compatibility(String method, String[] path, JsonNode body) {
        if (!method.equals("POST") || path.length != 5) {
            throw RegistryException.noSuchPath();
        }
        return JSON.objectNode().put("is_compatible", store.isCompatible(path[2], path[4], schema(body)));
    }

    private static ObjectNode json(RegisteredSchema schema) {
        return JSON.objectNode()
                .put("subject", schema.subject())
                .put("version", schema.version())
                .put("id", schema.id())
                .put("schema", schema.schema());
    }

    private static Compatibility level(JsonNode body) {
        return Compatibility.parse(body.path("compatibility").asText());
    }

    private static Schema schema(JsonNode body) {
        if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw RegistryException.invalidSchema("only Avro is supported");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryException.invalidSchema("references are not supported");
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw RegistryException.invalidSchema(e.getMessage());
        }
    }
}
