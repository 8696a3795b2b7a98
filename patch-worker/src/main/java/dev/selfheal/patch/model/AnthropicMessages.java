package dev.selfheal.patch.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Anthropic's Messages API, version 2023-06-01. */
final class AnthropicMessages implements Protocol {

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public Map<String, String> authentication(String key) {
        return Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
    }

    @Override
    public ObjectNode encode(ModelRequest request, ModelSettings settings) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", settings.model());
        body.put("max_tokens", request.maxTokens());
        settings.temperature().ifPresent(value -> body.put("temperature", value));
        cached(body.putArray("system"), request.system());
        ArrayNode messages = body.putArray("messages");
        for (int i = 0; i < request.turns().size(); i++) {
            Turn turn = request.turns().get(i);
            ObjectNode message = messages.addObject();
            message.put("role", turn.speaker().wireName());
            // Error and sources stand in the first turn: a repair turn finds them cached.
            if (i == 0) {
                cached(message.putArray("content"), turn.text());
            } else {
                message.put("content", turn.text());
            }
        }
        return body;
    }

    /** A text block up to which the provider keeps what it has read; without the mark nothing is cached. */
    private static void cached(ArrayNode blocks, String text) {
        ObjectNode block = blocks.addObject();
        block.put("type", "text").put("text", text);
        block.putObject("cache_control").put("type", "ephemeral");
    }

    @Override
    public ModelReply decode(JsonNode body) {
        JsonNode stop = body.path("stop_reason");
        if (!body.path("content").isArray() || !stop.isTextual()) {
            throw new ModelException(new ModelError.BrokenAnswer("no content or stop_reason in the answer"));
        }
        TokenUsage usage = usage(body.path("usage"));
        switch (stop.asText()) {
            case "refusal" -> throw new ModelException(new ModelError.Refused(usage, "the model declined"));
            case "max_tokens", "model_context_window_exceeded" ->
                throw new ModelException(new ModelError.Truncated(usage, "the reply ended early: " + stop.asText()));
            default -> {
                return new ModelReply(text(body.path("content")), usage);
            }
        }
    }

    private static String text(JsonNode blocks) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : blocks) {
            if (block.path("type").asText().equals("text")) {
                text.append(block.path("text").asText());
            }
        }
        return text.toString();
    }

    /** Anthropic counts tokens read from and written to the cache apart from {@code input_tokens}. */
    private static TokenUsage usage(JsonNode usage) {
        long cached = usage.path("cache_read_input_tokens").asLong();
        long input = usage.path("input_tokens").asLong()
                + usage.path("cache_creation_input_tokens").asLong()
                + cached;
        return TokenUsage.reported(input, cached, usage.path("output_tokens").asLong());
    }
}
