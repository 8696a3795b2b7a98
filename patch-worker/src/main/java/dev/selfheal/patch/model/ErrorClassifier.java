package dev.selfheal.patch.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads an unsuccessful HTTP answer of either protocol. Pure. */
final class ErrorClassifier {

    private static final int LONGEST_DETAIL = 300;

    /** What Anthropic says in a 400 when the account is empty; it has no code for it. */
    private static final String ANTHROPIC_EMPTY = "credit balance is too low";

    /** OpenAI's codes in a 429 that no waiting mends. */
    private static final List<String> EMPTY_ACCOUNT =
            List.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

    private final ObjectMapper json;

    ErrorClassifier(ObjectMapper json) {
        this.json = json;
    }

    ModelError classify(int status, HttpHeaders headers, byte[] body, Instant now) {
        JsonNode error = parse(body).path("error");
        String detail = "HTTP " + status + ": " + detail(error, body);
        Optional<Duration> retryAfter = RetryAfter.of(headers, now);
        if (isOutOfCredit(status, error)) {
            return new ModelError.OutOfCredit(detail);
        }
        return switch (status) {
            case 401, 403 -> new ModelError.AuthFailed(detail);
            case 429 -> new ModelError.RateLimited(retryAfter, detail);
            case 408, 409, 425 -> new ModelError.Overloaded(retryAfter, detail);
            default ->
                status >= 500 ? new ModelError.Overloaded(retryAfter, detail) : new ModelError.BadRequest(detail);
        };
    }

    private static boolean isOutOfCredit(int status, JsonNode error) {
        boolean code = EMPTY_ACCOUNT.contains(error.path("code").asText())
                || EMPTY_ACCOUNT.contains(error.path("type").asText());
        return status == 402
                || (status == 429 && code)
                || (status == 400 && error.path("message").asText().contains(ANTHROPIC_EMPTY));
    }

    private JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = json.readTree(new String(body, StandardCharsets.UTF_8));
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (JsonProcessingException notJson) {
            // Proxies answer in HTML; the status says enough then.
            return MissingNode.getInstance();
        }
    }

    private static String detail(JsonNode error, byte[] body) {
        String message = error.path("message").asText("");
        String text = message.isEmpty() ? new String(body, StandardCharsets.UTF_8) : message;
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line;
    }
}
