package dev.selfheal.analysis.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances what they hold; they are asked to answer for themselves, so a question makes one hop. */
final class Peers {

    /** On a question that must not be passed on. */
    static final String HOP = "Selfheal-Hop";

    private final HttpClient client;

    Peers(Duration timeout) {
        client = HttpClient.newBuilder()
                // One connection a question at worst: a JDK client shares one HTTP/2 connection and its stream limit.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * @param status 200, 400 or 404
     */
    record Reply(int status, byte[] body) {}

    /**
     * Fails with a {@link QueryException} that names the instance.
     *
     * @param question path and query, encoded
     */
    CompletableFuture<Reply> ask(HostInfo instance, String question, Duration timeout) {
        String name = Instances.name(instance);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + name + question))
                .timeout(timeout)
                .header(HOP, "1")
                .GET()
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray())
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        throw QueryException.unavailable("instance " + name + " does not answer: " + words(failure));
                    }
                    return reply(name, response);
                });
    }

    private static Reply reply(String name, HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200, 400, 404 -> new Reply(response.statusCode(), response.body());
            case 503 -> throw QueryException.unavailable("instance " + name + ": " + message(name, response.body()));
            default -> throw QueryException.badPeer(name, "answers with status " + response.statusCode());
        };
    }

    private static String message(String name, byte[] body) {
        try {
            return Json.read(body).path("error").path("message").asText();
        } catch (IOException e) {
            throw QueryException.badPeer(name, "answers with no JSON: " + e.getMessage());
        }
    }

    private static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
