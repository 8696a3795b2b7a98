package dev.selfheal.standalone.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends errors to the intake over HTTP, as a service would. */
public final class ErrorSender {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI endpoint;

    /**
     * @param ingest base address of the ingest service
     */
    public ErrorSender(URI ingest) {
        this.endpoint = ingest.resolve("/v1/errors");
    }

    /**
     * @param service name of the failing service
     * @param commit full id of the commit that failed
     * @param stackTrace as printStackTrace prints it
     * @param reproduction selector of a test that shows the failure
     */
    public record Failure(String service, String commit, String stackTrace, Optional<String> reproduction) {}

    /**
     * Sends one error and returns its group.
     *
     * @throws IOException when the intake cannot be reached or refuses the error; the message says why
     */
    public String send(Failure failure, Instant occurredAt) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("service", failure.service())
                .put("commit", failure.commit())
                .put("platform", "java")
                .put("severity", "HIGH")
                .put("environment", "standalone")
                .put("occurredAt", occurredAt.toString())
                .put("stacktrace", failure.stackTrace());
        failure.reproduction()
                .ifPresent(selector ->
                        body.putObject("reproduction").put("selector", selector).put("module", ""));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() != 202) {
            throw new IOException("the intake answered " + response.statusCode() + ": " + response.body());
        }
        return answer.path("group").asText();
    }
}
