package dev.selfheal.patch.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.types.Password;

/** {@link ModelClient} on the JDK's HTTP client. Thread-safe. */
final class HttpModelClient implements ModelClient {

    private final HttpClient http;
    private final Protocol protocol;
    private final RouteSettings route;
    private final Password key;
    private final ObjectMapper json;
    private final ErrorClassifier errors;
    private final Clock clock;

    HttpModelClient(HttpClient http, RouteSettings route, Password key, ObjectMapper json, Clock clock) {
        this.http = http;
        this.protocol = route.protocol().onTheWire();
        this.route = route;
        this.key = key;
        this.json = json;
        this.errors = new ErrorClassifier(json);
        this.clock = clock;
    }

    @Override
    public CompletableFuture<ModelReply> send(ModelRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(encode(request), BoundedBody.handler(route.maxResponseBytes()));
        CompletableFuture<ModelReply> reply = exchange.handle(this::decode);
        // Only cancelling the exchange itself closes its connection; a dependent future merely stops waiting.
        Callbacks.onCompletion(reply, (ignored, failure) -> {
            if (reply.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return reply;
    }

    private HttpRequest encode(ModelRequest request) {
        byte[] body = protocol.encode(request, route.settings()).toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(route.baseUrl() + protocol.path()))
                .header("content-type", "application/json")
                .header("accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        if (!key.value().isEmpty()) {
            protocol.authentication(key.value()).forEach(builder::header);
        }
        return builder.build();
    }

    private ModelReply decode(HttpResponse<byte[]> response, Throwable failure) {
        if (failure != null) {
            throw new ModelException(network(failure));
        }
        if (response.statusCode() != 200) {
            throw new ModelException(
                    errors.classify(response.statusCode(), response.headers(), response.body(), clock.instant()));
        }
        return protocol.decode(parse(response.body()));
    }

    private JsonNode parse(byte[] body) {
        try {
            return Objects.requireNonNull(json.readTree(new String(body, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new ModelException(new ModelError.BrokenAnswer("the answer is not JSON: " + e.getOriginalMessage()));
        }
    }

    private static ModelError network(Throwable failure) {
        Throwable cause = ModelException.causeOf(failure);
        if (cause instanceof BoundedBody.TooLongException) {
            return new ModelError.BrokenAnswer(cause.getMessage());
        }
        if (cause instanceof IOException || cause instanceof CancellationException) {
            return new ModelError.Network(cause.toString());
        }
        throw new IllegalStateException("the HTTP client failed in an unforeseen way", cause);
    }
}
