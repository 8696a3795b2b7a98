package dev.selfheal.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for one machine and for tests: the Avro subset of Confluent's REST API on loopback, no security, one
 * node. What was registered is appended to a file and read back, because records on the broker refer to ids.
 */
public final class LocalRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int THREADS = 4;
    /** Bytes; the largest schema of ours is 20 KB. */
    private static final int LARGEST_BODY = 4 << 20;

    private static final int PORTS_TRIED = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryApi api;

    private LocalRegistry(HttpServer server, RegistryApi api) {
        this.server = server;
        this.api = api;
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "local-registry");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * @param port empty takes a free one
     * @param file where registrations are kept; created when missing
     */
    public static LocalRegistry start(OptionalInt port, Path file) {
        RegistryFile kept = new RegistryFile(file);
        SchemaStore store = new SchemaStore(kept::append);
        kept.readAll().forEach(store::restore);
        HttpServer server = listen(port);
        LocalRegistry registry = new LocalRegistry(server, new RegistryApi(store));
        server.start();
        return registry;
    }

    /** A port that was free may be taken a moment later: then another one. */
    private static HttpServer listen(OptionalInt port) {
        IOException last = new IOException("not tried");
        for (int i = 0; i < (port.isPresent() ? 1 : PORTS_TRIED); i++) {
            int chosen = port.orElseGet(FreePorts::next);
            try {
                return HttpServer.create(
                        new InetSocketAddress(InetAddress.getAllByName(BrokerSettings.HOST)[0], chosen), 0);
            } catch (IOException e) {
                last = new IOException("cannot listen on port " + chosen + ": " + e.getMessage(), e);
            }
        }
        throw new UncheckedIOException(last.getMessage(), last);
    }

    public String url() {
        return "http://" + BrokerSettings.HOST + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            JsonNode answer;
            try {
                answer = api.answer(exchange.getRequestMethod(), segments(exchange), body(exchange));
            } catch (RegistryException e) {
                status = e.status();
                answer = error(e.errorCode(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = error(50001, "internal error: " + e);
            }
            byte[] bytes = json.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Split before decoding, so that a subject may contain an encoded slash. */
    private static String[] segments(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = URLDecoder.decode(parts[i].replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        return parts;
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        if (bytes.length == 0) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw RegistryException.malformedBody(e.getOriginalMessage());
        }
    }

    private JsonNode error(int code, String message) {
        return json.createObjectNode().put("error_code", code).put("message", message);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
