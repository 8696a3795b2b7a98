package dev.selfheal.standalone.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the read model. Thread-safe. */
public final class ReadModelClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** More than the longest a query may be configured to take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(65);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI base;

    /**
     * @param base address of any instance
     */
    public ReadModelClient(URI base) {
        this.base = base;
    }

    /** Every case in this state, the one changed last first; of one service when it is given. */
    public List<JsonNode> cases(String state, Optional<String> service)
            throws ReviewException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String filter = "/v1/cases?state=" + encoded(state)
                + service.map(name -> "&service=" + encoded(name)).orElse("");
        String after = "";
        do {
            JsonNode page = found(filter + (after.isEmpty() ? "" : "&after=" + after));
            refusePartial(page);
            page.path("cases").forEach(found::add);
            after = page.path("next").asText();
        } while (!after.isEmpty());
        return found;
    }

    /** A case with its history and its newest verdict; empty when there is none of this id, or none any more. */
    public Optional<JsonNode> oneCase(String caseId) throws ReviewException, InterruptedException {
        return get("/v1/cases/" + encoded(caseId));
    }

    /** A group with its newest case. */
    public Optional<JsonNode> group(String group) throws ReviewException, InterruptedException {
        return get("/v1/groups/" + encoded(group));
    }

    private void refusePartial(JsonNode page) throws ReviewException {
        if (page.path("partial").asBoolean()) {
            throw new ReviewException("the list would not be whole, not every instance answers "
                    + page.path("unreachable") + "; try again in a moment");
        }
    }

    private JsonNode found(String path) throws ReviewException, InterruptedException {
        return get(path).orElseThrow(() -> new ReviewException(base + " is no read model: it has no " + path));
    }

    private Optional<JsonNode> get(String path) throws ReviewException, InterruptedException {
        HttpResponse<byte[]> answer = ask(path);
        JsonNode body = body(answer);
        String code = body.path("error").path("code").asText();
        if (answer.statusCode() == 200) {
            return Optional.of(body);
        }
        if (answer.statusCode() == 404 && code.equals("NOT_FOUND")) {
            return Optional.empty();
        }
        throw new ReviewException("the read model at " + base + " answers " + answer.statusCode() + " " + code + ": "
                + body.path("error").path("message").asText());
    }

    private HttpResponse<byte[]> ask(String path) throws ReviewException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new ReviewException(
                    "the read model at " + base + " does not answer (" + why + "); see --config and --read", e);
        }
    }

    private JsonNode body(HttpResponse<byte[]> answer) throws ReviewException {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ReviewException(base + " answers " + answer.statusCode() + " with no JSON: is it the read model?", e);
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
