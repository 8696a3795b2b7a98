package dev.selfheal.standalone.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers each path with the JSON it was given, and with the read model's 404 otherwise. */
final class StubReadModel implements AutoCloseable {

    private static final String NOT_FOUND = "{\"error\":{\"code\":\"NOT_FOUND\",\"field\":\"\",\"message\":\"none\"}}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    StubReadModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] body = (answer == null ? NOT_FOUND : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answer(String pathAndQuery, String json) {
        answers.put(pathAndQuery, json);
    }

    /** A case that is its group's newest. */
    void answerCase(String caseId, String group, String state, String updatedAt) {
        String found = "{\"caseId\":\"" + caseId + "\",\"group\":\"" + group + "\",\"state\":\"" + state
                + "\",\"updatedAt\":\"" + updatedAt + "\",\"diffSha256\":\"abc123\",\"history\":[]}";
        answer("/v1/cases/" + caseId, found);
        answer("/v1/groups/" + group, "{\"group\":\"" + group + "\",\"case\":" + found + "}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
