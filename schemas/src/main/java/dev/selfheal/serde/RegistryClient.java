package dev.selfheal.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The three calls of Confluent's schema registry API that a serde needs. Every call is bounded in time, tries each URL
 * a few times, and ends in one of two ways that callers must keep apart: {@link RegistryUnavailableException} when the
 * registry could not be asked, {@link SerializationException} when it answered that the schema is unknown or refused.
 * Caches nothing; thread-safe.
 */
final class RegistryClient {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;
    private static final int NOT_FOUND = 404;
    private static final int INCOMPATIBLE = 409;
    private static final int INVALID = 422;
    /** Confluent's error codes; a bare 404 without one comes from a proxy or a wrong base path. */
    private static final int SUBJECT_NOT_FOUND = 40401;

    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> urls;
    private final Optional<String> authorization;
    private final Duration backoff;

    /**
     * @param backoff wait before the second round over the URLs; doubled before each further one
     */
    RegistryClient(List<URI> urls, Optional<String> authorization, Duration backoff) {
        this.urls = List.copyOf(urls);
        this.authorization = authorization;
        this.backoff = backoff;
    }

    /** The id of the schema under the subject, registering it when it is new. */
    int register(String subject, Schema schema) {
        return idFrom(post("/subjects/" + encoded(subject) + "/versions", schema), subject, schema);
    }

    /** The id of the schema under the subject, which must have it. */
    int lookUp(String subject, Schema schema) {
        return idFrom(post("/subjects/" + encoded(subject), schema), subject, schema);
    }

    /** The schema an id stands for. */
    Schema schema(int id) {
        Answer answer = call("GET", "/schemas/ids/" + id + "?format=resolved", Optional.empty());
        if (answer.says(NOT_FOUND, SCHEMA_NOT_FOUND)) {
            throw new SerializationException("the registry knows no schema with id " + id);
        }
        String text = answer.orUnavailable("schema").asText();
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SerializationException("schema " + id + " is " + type + ", not Avro");
        }
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(text);
        } catch (SchemaParseException e) {
            throw new SerializationException("schema " + id + " of the registry is not an Avro schema", e);
        }
    }

    private Answer post(String path, Schema schema) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        return call("POST", path, Optional.of(body.toString()));
    }

    private static int idFrom(Answer answer, String subject, Schema schema) {
        String what = "schema of " + schema.getFullName() + " for subject " + subject;
        if (answer.status() == INCOMPATIBLE || answer.status() == INVALID) {
            throw new SerializationException("the registry refuses the " + what + ": " + answer.message());
        }
        if (answer.says(NOT_FOUND, SCHEMA_NOT_FOUND) || answer.says(NOT_FOUND, SUBJECT_NOT_FOUND)) {
            throw new SerializationException("the registry does not have the " + what + "; register it, or set "
                    + SerdeConfig.AUTO_REGISTER_SCHEMAS + "=true");
        }
        return answer.orUnavailable("id").asInt();
    }

    private Answer call(String method, String path, Optional<String> body) {
        RegistryUnavailableException last = new RegistryUnavailableException("no schema registry is configured");
        for (int round = 0; round < ROUNDS; round++) {
            pause(round);
            for (URI url : urls) {
                try {
                    Answer answer = send(URI.create(url + path), method, body);
                    if (!answer.isTransient()) {
                        return answer;
                    }
                    last = new RegistryUnavailableException(answer.describe());
                } catch (IOException e) {
                    last = new RegistryUnavailableException(
                            "schema registry " + url.getHost() + ":" + url.getPort() + " does not answer: " + e, e);
                }
            }
        }
        throw last;
    }

    private Answer send(URI uri, String method, Optional<String> body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(CALL_TIMEOUT)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> response = Http.CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(method + " " + uri.getPath(), response.statusCode(), json(response.body()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void pause(int round) {
        if (round == 0) {
            return;
        }
        try {
            Thread.sleep(backoff.multipliedBy(1L << (round - 1)).toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** An answer that is no JSON becomes a missing node: a proxy's error page is an outage, not a verdict. */
    private static JsonNode json(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? JsonNodeFactory.instance.missingNode() : node;
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Answer(String request, int status, JsonNode body) {

        boolean isTransient() {
            return status >= 500 || status == 429 || status == 408;
        }

        boolean says(int expectedStatus, int errorCode) {
            return status == expectedStatus && body.path("error_code").asInt() == errorCode;
        }

        String message() {
            return body.path("message").asText("no reason given");
        }

        String describe() {
            return "schema registry answered " + request + " with " + status + ": " + message();
        }

        JsonNode orUnavailable(String field) {
            if (status != 200 || !body.has(field)) {
                throw new RegistryUnavailableException(describe());
            }
            return body.get(field);
        }
    }

    /** One HTTP client for all serdes of the JVM: each would otherwise bring its own selector thread. */
    private static final class Http {

        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }
}
