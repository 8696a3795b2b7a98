package dev.selfheal.standalone.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.standalone.topic.ValueReader.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** One record as one line of JSON. */
final class RecordLine {

    /** Of a value that cannot be read this much is shown: enough to know it again. */
    private static final int SHOWN_BYTES = 4_096;

    /** In ASCII: what is printed must not depend on the terminal's charset. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RecordLine() {}

    static String of(ConsumerRecord<byte[], byte[]> record, Value value) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        line.set("key", text(record.key()));
        line.set("headers", headers(record.headers()));
        if (value instanceof Value.Read read) {
            line.set("value", read.json());
        } else if (value instanceof Value.Bad bad) {
            line.set("bad", bad(bad, record.value()));
        }
        return inOneLine(line);
    }

    /** In the order of their first; those of one name together. */
    private static ObjectNode headers(Headers headers) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Header header : headers) {
            JsonNode value = text(header.value());
            JsonNode before = all.get(header.key());
            if (before == null) {
                all.set(header.key(), value);
            } else if (before instanceof ArrayNode several) {
                several.add(value);
            } else {
                all.putArray(header.key()).add(before).add(value);
            }
        }
        return all;
    }

    private static ObjectNode bad(Value.Bad bad, byte[] bytes) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("code", bad.code().name())
                .put("reason", bad.reason())
                .put("bytes", bytes.length);
        node.set("begins", text(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES))));
        return node;
    }

    /** As text where it is UTF-8, else {@code {"base64": …}}. */
    private static JsonNode text(byte[] bytes) {
        if (bytes == null) {
            return NullNode.getInstance();
        }
        try {
            return JsonNodeFactory.instance.textNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static String inOneLine(ObjectNode line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of ours cannot be written as JSON", e);
        }
    }
}
