package dev.selfheal.standalone.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.serde.RecordJson;
import dev.selfheal.serde.RegistryUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes JSON of a record's value, and of what is none the reason why not; never fails. Used by one thread. */
final class ValueReader {

    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Magic byte and schema id of Confluent's wire format. */
    private static final int WIRE_HEADER = 5;

    private final String topic;
    /** Empty where values are JSON. */
    private final Optional<Deserializer<? extends SpecificRecord>> avro;
    /** The registry is asked for each once: while it is away every question takes seconds. */
    private final Set<Integer> unknownSchemas = new HashSet<>();

    private boolean registryWasAway;

    /**
     * @param avro of the topic's records; empty where values are JSON
     */
    ValueReader(String topic, Optional<Deserializer<? extends SpecificRecord>> avro) {
        this.topic = topic;
        this.avro = avro;
    }

    /** A value, or why there is none. */
    sealed interface Value {

        record Read(JsonNode json) implements Value {}

        record Bad(ErrorCode code, String reason) implements Value {}
    }

    /** Whether a value is missing only because the registry could not be asked. */
    boolean registryWasAway() {
        return registryWasAway;
    }

    Value read(byte[] bytes) {
        if (bytes == null) {
            return new Value.Read(NullNode.getInstance());
        }
        return avro.map(deserializer -> ofAvro(deserializer, bytes)).orElseGet(() -> ofJson(bytes));
    }

    private Value ofAvro(Deserializer<? extends SpecificRecord> deserializer, byte[] bytes) {
        int schema = bytes.length < WIRE_HEADER ? -1 : ByteBuffer.wrap(bytes).getInt(1);
        if (unknownSchemas.contains(schema)) {
            return away("the schema registry did not know schema " + schema + " before");
        }
        try {
            return new Value.Read(RecordJson.of(deserializer.deserialize(topic, bytes)));
        } catch (RegistryUnavailableException e) {
            unknownSchemas.add(schema);
            return away(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // whatever a configured deserializer makes of bytes that are no record
            return new Value.Bad(ErrorCode.MALFORMED_RECORD, String.valueOf(e.getMessage()));
        }
    }

    private Value away(String reason) {
        registryWasAway = true;
        return new Value.Bad(ErrorCode.DEPENDENCY_UNAVAILABLE, reason);
    }

    private static Value ofJson(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return json.isMissingNode()
                    ? new Value.Bad(ErrorCode.MALFORMED_RECORD, "the value is empty")
                    : new Value.Read(json);
        } catch (JsonProcessingException e) {
            return new Value.Bad(ErrorCode.MALFORMED_RECORD, "the value is no JSON");
        } catch (IOException e) {
            return new Value.Bad(ErrorCode.MALFORMED_RECORD, "the value is no UTF-8");
        }
    }
}
