package dev.selfheal.patch.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** How a question and its reply look on the wire. Implementations are stateless. */
interface Protocol {

    /** Path below the base URL. */
    String path();

    /** Headers that carry the key. */
    Map<String, String> authentication(String key);

    /** The request body. */
    ObjectNode encode(ModelRequest request, ModelSettings settings);

    /**
     * The reply in a successful answer.
     *
     * @throws ModelException {@code Refused}, {@code Truncated} or {@code BrokenAnswer}
     */
    ModelReply decode(JsonNode body);
}
