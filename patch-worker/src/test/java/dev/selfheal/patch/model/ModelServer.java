package dev.selfheal.patch.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** A model provider on loopback that speaks both protocols and misbehaves on demand. */
public final class ModelServer implements AutoCloseable {

    public static final String ANTHROPIC = "/v1/messages";
    public static final String OPENAI = "/v1/chat/completions";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));

    public ModelServer() {
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Answers in this order; the last one again and again. */
    public ModelServer replies(String path, ResponseDefinitionBuilder... replies) {
        String state = Scenario.STARTED;
        for (int i = 0; i < replies.length; i++) {
            String next = i == replies.length - 1 ? state : "after " + i;
            server.stubFor(post(path)
                    .inScenario(path)
                    .whenScenarioStateIs(state)
                    .willReturn(replies[i])
                    .willSetStateTo(next));
            state = next;
        }
        return this;
    }

    public int calls(String path) {
        return requests(path).size();
    }

    public List<LoggedRequest> requests(String path) {
        return server.findAll(postRequestedFor(urlEqualTo(path)));
    }

    /** The request with this number, from 0, as it was sent. */
    public JsonNode body(String path, int number) {
        try {
            return JSON.readTree(requests(path).get(number).getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new AssertionError("request " + number + " is not JSON", e);
        }
    }

    public static ResponseDefinitionBuilder anthropic(String text) {
        return anthropic(text, "end_turn");
    }

    public static ResponseDefinitionBuilder anthropic(String text, String stopReason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "message");
        body.putArray("content").addObject().put("type", "text").put("text", text);
        body.put("stop_reason", stopReason);
        body.putObject("usage")
                .put("input_tokens", 10)
                .put("cache_read_input_tokens", 90)
                .put("output_tokens", 7);
        return okJson(body.toString());
    }

    public static ResponseDefinitionBuilder openai(String text) {
        return openai(text, "stop");
    }

    public static ResponseDefinitionBuilder openai(String text, String finishReason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode choice = body.putArray("choices").addObject();
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.put("finish_reason", finishReason);
        body.putObject("usage")
                .put("prompt_tokens", 100)
                .put("completion_tokens", 5)
                .putObject("prompt_tokens_details")
                .put("cached_tokens", 60);
        return okJson(body.toString());
    }

    public static ResponseDefinitionBuilder error(int status, String type, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("type", type).put("code", type).put("message", message);
        return aResponse().withStatus(status).withBody(body.toString());
    }

    @Override
    public void close() {
        server.stop();
    }
}
