package dev.selfheal.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ask a process: {@code /health/live} (200 unless only a restart helps), {@code /health/ready} (200 when
 * every service can work now), both JSON, and {@code /metrics} in Prometheus' text format.
 */
public final class OpsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int UNAVAILABLE = 503;
    private static final int THREADS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<Service> services;
    private final PrometheusMeterRegistry meters;

    /**
     * @param port 0 takes any free one
     * @throws IOException when the address cannot be bound
     */
    public OpsServer(String host, int port, List<Service> services, PrometheusMeterRegistry meters) throws IOException {
        this.services = List.copyOf(services);
        this.meters = meters;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getAllByName(host)[0], port), 0);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "ops-http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> guarded(exchange, this::answer));
    }

    public void start() {
        server.start();
    }

    /** Where it listens, with the port that was really taken. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            send(exchange, 405, TEXT, "only GET is answered here\n");
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/health/live" -> sendHealth(exchange, Health::live);
            case "/health/ready" -> sendHealth(exchange, Health::ready);
            case "/metrics" -> send(exchange, 200, TEXT, meters.scrape());
            default -> send(exchange, 404, TEXT, "/health/live, /health/ready, /metrics\n");
        }
    }

    private void sendHealth(HttpExchange exchange, Predicate<Health> isGood) throws IOException {
        Map<String, Health> healths = new LinkedHashMap<>();
        services.forEach(service -> healths.put(service.name(), service.health()));
        boolean good = healths.values().stream().allMatch(isGood);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", good ? "UP" : "DOWN");
        body.put("services", healths.entrySet().stream().collect(TreeMap::new, OpsServer::describe, TreeMap::putAll));
        send(exchange, good ? 200 : UNAVAILABLE, "application/json", JSON.writeValueAsString(body));
    }

    private static void describe(Map<String, Object> all, Map.Entry<String, Health> one) {
        Health health = one.getValue();
        all.put(
                one.getKey(),
                Map.of("live", health.live(), "ready", health.ready(), "details", new TreeMap<>(health.details())));
    }

    /** A service that cannot even tell its health is answered for: with its error. */
    private static void guarded(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            answerOrExplain(exchange, answer);
        }
    }

    private static void answerOrExplain(HttpExchange exchange, Answer answer) throws IOException {
        try {
            answer.to(exchange);
        } catch (RuntimeException e) {
            LOG.error("answering {} failed", exchange.getRequestURI(), e);
            send(exchange, 500, TEXT, "internal error, see the log\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @FunctionalInterface
    private interface Answer {

        void to(HttpExchange exchange) throws IOException;
    }
}
