package dev.selfheal.validation.signing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts {@code {"<field>": "<base64>"}} and takes the signature in base64 out of the JSON answer; a prefix such as
 * {@code vault:v1:} is dropped. The key id goes along as header {@code Selfheal-Key-Id}. Redirects are not followed: the
 * credentials are for this address alone. Thread-safe.
 */
public final class HttpSigningService implements SigningService {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How the service wants to be asked.
     *
     * @param field of the request, for example {@code input}
     * @param signature where the answer has it, for example {@code /data/signature}
     * @param header for the credentials, for example {@code X-Vault-Token}
     * @param credentials the header's value; empty for none
     * @param timeout of one try, the whole answer included
     */
    public record Form(String field, JsonPointer signature, String header, String credentials, Duration timeout) {

        /** Without the credentials. */
        @Override
        public String toString() {
            return "Form[" + field + ", " + signature + ", " + header + ", " + timeout + "]";
        }
    }

    private final URI address;
    private final Form form;
    private final HttpClient client;

    public HttpSigningService(URI address, Form form) {
        this.address = address;
        this.form = form;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(form.timeout())
                .build();
    }

    @Override
    public Answer sign(byte[] bytes, String keyId) {
        // A timeout of the request would end with the headers; this one covers a body that never comes as well.
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(request(bytes, keyId), BodyHandlers.ofString());
        try {
            return answer(call.get(form.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            call.cancel(true);
            return new Failure(true, "did not answer within " + form.timeout().toMillis() + " ms", Optional.of(e));
        } catch (ExecutionException e) {
            return new Failure(e.getCause() instanceof IOException, "cannot be reached", Optional.of(e.getCause()));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new Failure(false, "was not waited for", Optional.of(e));
        }
    }

    private HttpRequest request(byte[] bytes, String keyId) {
        String body = JSON.createObjectNode()
                .put(form.field(), Base64.getEncoder().encodeToString(bytes))
                .toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Selfheal-Key-Id", keyId)
                .POST(BodyPublishers.ofString(body));
        if (!form.credentials().isEmpty()) {
            request.header(form.header(), form.credentials());
        }
        return request.build();
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 != 2) {
            return new Failure(status == 429 || status >= 500, "answered " + status, Optional.empty());
        }
        try {
            JsonNode signature = JSON.readTree(response.body()).at(form.signature());
            if (!signature.isTextual()) {
                return new Failure(false, "gave no signature at " + form.signature(), Optional.empty());
            }
            String text = signature.textValue();
            return new Signature(Base64.getDecoder().decode(text.substring(text.lastIndexOf(':') + 1)));
        } catch (JsonProcessingException e) {
            return new Failure(false, "gave no JSON", Optional.of(e));
        } catch (IllegalArgumentException e) {
            return new Failure(false, "gave no base64 at " + form.signature(), Optional.of(e));
        }
    }
}
