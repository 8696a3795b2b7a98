package dev.selfheal.patch.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** OpenAI's Chat Completions API, and whatever speaks it: Ollama, vLLM, llama.cpp, Gemini, Mistral, DeepSeek, Azure. */
final class OpenAiChat implements Protocol {

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> authentication(String key) {
        return Map.of("authorization", "Bearer " + key);
    }

    @Override
    public ObjectNode encode(ModelRequest request, ModelSettings settings) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", settings.model());
        body.put(settings.maxTokensField(), request.maxTokens());
        settings.temperature().ifPresent(value -> body.put("temperature", value));
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", request.system());
        for (Turn turn : request.turns()) {
            messages.addObject().put("role", turn.speaker().wireName()).put("content", turn.text());
        }
        return body;
    }

    @Override
    public ModelReply decode(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new ModelException(new ModelError.BrokenAnswer("no choices[0].message in the answer"));
        }
        TokenUsage usage = usage(body.path("usage"));
        String finish = choice.path("finish_reason").asText();
        String refusal = message.path("refusal").asText("");
        if (finish.equals("content_filter") || !(refusal.isEmpty() || refusal.equals("null"))) {
            throw new ModelException(new ModelError.Refused(usage, "the model declined"));
        }
        if (finish.equals("length")) {
            throw new ModelException(new ModelError.Truncated(usage, "the reply ended early: length"));
        }
        JsonNode content = message.path("content");
        return new ModelReply(content.isTextual() ? content.asText() : "", usage);
    }

    private static TokenUsage usage(JsonNode usage) {
        return TokenUsage.reported(
                usage.path("prompt_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens").asLong());
    }
}
