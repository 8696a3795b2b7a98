package dev.selfheal.patch.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.selfheal.patch.model.ModelServer.ANTHROPIC;
import static dev.selfheal.patch.model.ModelServer.OPENAI;
import static dev.selfheal.patch.model.ModelServer.anthropic;
import static dev.selfheal.patch.model.ModelServer.error;
import static dev.selfheal.patch.model.ModelServer.openai;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.selfheal.patch.model.ModelOutcome.Answered;
import dev.selfheal.patch.model.ModelOutcome.Failed;
import dev.selfheal.patch.model.RouteState.Position;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelGatewayTest {

    private static final ReplyCheck ANYTHING = reply -> Optional.empty();

    private final ModelServer server = new ModelServer();
    private final List<RouteState> states = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ModelGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        server.close();
    }

    private ModelOutcome ask(Routes... routes) throws Exception {
        return ask(ANYTHING, routes);
    }

    private ModelOutcome ask(ReplyCheck check, Routes... routes) throws Exception {
        open(routes);
        return again(check, routes);
    }

    private void open(Routes... routes) {
        List<RouteSettings> settings =
                Arrays.stream(routes).map(Routes::settings).toList();
        gateway = new ModelGateway(settings, 100, meters, Clock.systemUTC(), new Random(1), states::add);
    }

    private ModelOutcome again(ReplyCheck check, Routes... routes) throws Exception {
        return start(check, routes).get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<ModelOutcome> start(ReplyCheck check, Routes... routes) {
        List<String> names =
                Arrays.stream(routes).map(route -> route.settings().name()).toList();
        return gateway.ask(
                names,
                ModelRequest.of("be brief", "mend it"),
                check,
                Instant.now().plusSeconds(30));
    }

    private Routes claude() {
        return Routes.anthropic(server.url());
    }

    private Routes gpt() {
        return Routes.openai(server.url());
    }

    private static ModelError errorOf(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed) outcome).error();
    }

    private static String textOf(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(Answered.class);
        return ((Answered) outcome).text();
    }

    @Test
    void shouldSpeakAnthropicMessages() throws Exception {
        server.replies(ANTHROPIC, anthropic("done"));

        assertThat(textOf(ask(claude()))).isEqualTo("done");
        var sent = server.requests(ANTHROPIC).get(0);
        assertThat(sent.getHeader("x-api-key")).isEqualTo("key-1");
        assertThat(sent.getHeader("anthropic-version")).isEqualTo("2023-06-01");
        var body = server.body(ANTHROPIC, 0);
        assertThat(body.at("/model").asText()).isEqualTo("claude-model");
        assertThat(body.at("/max_tokens").asInt()).isEqualTo(1000);
        assertThat(body.at("/system/0/text").asText()).isEqualTo("be brief");
        assertThat(body.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
        assertThat(body.at("/messages/0/content/0/text").asText()).isEqualTo("mend it");
        assertThat(body.has("temperature")).isFalse();
    }

    @Test
    void shouldSpeakOpenAiChatCompletions() throws Exception {
        server.replies(OPENAI, openai("done"));

        ModelOutcome outcome = ask(
                gpt().with(RouteConfig.TEMPERATURE, "0.2").with(RouteConfig.MAX_TOKENS_FIELD, "max_completion_tokens"));

        assertThat(textOf(outcome)).isEqualTo("done");
        assertThat(server.requests(OPENAI).get(0).getHeader("authorization")).isEqualTo("Bearer key-1");
        var body = server.body(OPENAI, 0);
        assertThat(body.at("/max_completion_tokens").asInt()).isEqualTo(1000);
        assertThat(body.at("/temperature").asDouble()).isEqualTo(0.2);
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("mend it");
    }

    @Test
    void shouldSendNoKeyWhenNoneIsConfigured() throws Exception {
        server.replies(OPENAI, openai("done"));

        ask(gpt().with(RouteConfig.API_KEYS, ""));

        assertThat(server.requests(OPENAI).get(0).getHeaders().keys()).doesNotContain("authorization");
    }

    @Test
    void shouldBillCachedTokensAtTheirPrice() throws Exception {
        server.replies(ANTHROPIC, anthropic("done"));

        ModelOutcome outcome = ask(claude().with(RouteConfig.PRICE_INPUT, 3)
                .with(RouteConfig.PRICE_CACHED, 0.3)
                .with(RouteConfig.PRICE_OUTPUT, 15));

        Bill bill = outcome.bills().get(0);
        assertThat(bill.usage()).isEqualTo(new TokenUsage(100, 90, 7));
        assertThat(bill.costUsd()).isEqualTo((10 * 3 + 90 * 0.3 + 7 * 15) / 1e6);
        assertThat(bill.calls()).isEqualTo(1);
    }

    @Test
    void shouldWaitRetryAfterWhenRateLimited() throws Exception {
        server.replies(
                ANTHROPIC,
                error(429, "rate_limit_error", "slow down").withHeader("retry-after-ms", "300"),
                anthropic("done"));
        Instant begun = Instant.now();

        assertThat(textOf(ask(claude()))).isEqualTo("done");
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(server.calls(ANTHROPIC)).isEqualTo(2);
    }

    @Test
    void shouldAskAnotherRouteAtOnceWhenRetryAfterIsLong() throws Exception {
        server.replies(ANTHROPIC, error(429, "rate_limit_error", "slow down").withHeader("Retry-After", "120"));
        server.replies(OPENAI, openai("other"));

        assertThat(textOf(ask(claude().with(RouteConfig.WEIGHT, 100), gpt()))).isEqualTo("other");
        assertThat(server.calls(ANTHROPIC)).isEqualTo(1);
    }

    @Test
    void shouldParkKeyAndUseTheNextWhenQuotaIsInsufficient() throws Exception {
        server.replies(OPENAI, error(429, "insufficient_quota", "you exceeded your quota"), openai("done"));
        Routes route = gpt().with(RouteConfig.API_KEYS, "poor-key,rich-key");

        assertThat(textOf(ask(route))).isEqualTo("done");
        assertThat(textOf(again(ANYTHING, route))).isEqualTo("done");
        assertThat(server.requests(OPENAI))
                .extracting(sent -> sent.getHeader("authorization"))
                .containsExactly("Bearer poor-key", "Bearer rich-key", "Bearer rich-key");
        assertThat(states).singleElement().satisfies(state -> {
            assertThat(state.name()).isEqualTo("gpt/1");
            assertThat(state.position()).isEqualTo(Position.OPEN);
            assertThat(state.reason()).contains("exceeded your quota");
        });
    }

    @Test
    void shouldParkKeyWhenAuthenticationFails() throws Exception {
        server.replies(ANTHROPIC, error(401, "authentication_error", "invalid x-api-key"));

        assertThat(errorOf(ask(claude()))).isInstanceOf(ModelError.AuthFailed.class);
        assertThat(errorOf(again(ANYTHING, claude()))).isInstanceOf(ModelError.HeldBack.class);
        assertThat(server.calls(ANTHROPIC)).isEqualTo(1);
    }

    @Test
    void shouldTakeAnthropicsEmptyAccountForWhatItIs() throws Exception {
        server.replies(
                ANTHROPIC, error(400, "invalid_request_error", "Your credit balance is too low to access the API."));

        assertThat(errorOf(ask(claude()))).isInstanceOf(ModelError.OutOfCredit.class);
    }

    @Test
    void shouldRetryWhenOverloaded() throws Exception {
        server.replies(
                ANTHROPIC,
                error(529, "overloaded_error", "Overloaded"),
                error(503, "api_error", "later"),
                anthropic("done"));

        assertThat(textOf(ask(claude()))).isEqualTo("done");
        assertThat(server.calls(ANTHROPIC)).isEqualTo(3);
    }

    @Test
    void shouldDoubleTokenLimitOnceWhenTruncated() throws Exception {
        server.replies(ANTHROPIC, anthropic("do", "max_tokens"), anthropic("done"));

        ModelOutcome outcome = ask(claude());

        assertThat(textOf(outcome)).isEqualTo("done");
        assertThat(server.body(ANTHROPIC, 1).at("/max_tokens").asInt()).isEqualTo(2000);
        assertThat(outcome.bills().get(0).usage().output()).isEqualTo(14);
    }

    @Test
    void shouldGiveUpWhenTruncatedTwice() throws Exception {
        server.replies(OPENAI, openai("do", "length"));

        assertThat(errorOf(ask(gpt()))).isInstanceOf(ModelError.Truncated.class);
        assertThat(server.calls(OPENAI)).isEqualTo(2);
    }

    @Test
    void shouldSendOneRepairTurnWhenReplyIsMalformed() throws Exception {
        server.replies(ANTHROPIC, anthropic("what a nice bug"), anthropic("edit"));

        ModelOutcome outcome =
                ask(reply -> reply.equals("edit") ? Optional.empty() : Optional.of("no edit block"), claude());

        assertThat(textOf(outcome)).isEqualTo("edit");
        var messages = server.body(ANTHROPIC, 1).at("/messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.at("/1/role").asText()).isEqualTo("assistant");
        assertThat(messages.at("/1/content").asText()).isEqualTo("what a nice bug");
        assertThat(messages.at("/2/content").asText()).contains("no edit block");
    }

    @Test
    void shouldGiveUpWhenRepairedReplyIsMalformedToo() throws Exception {
        server.replies(OPENAI, openai("chatter"));

        assertThat(errorOf(ask(reply -> Optional.of("no edit block"), gpt()))).isInstanceOf(ModelError.Malformed.class);
        assertThat(server.calls(OPENAI)).isEqualTo(2);
    }

    @Test
    void shouldTellRefusal() throws Exception {
        server.replies(ANTHROPIC, anthropic("", "refusal"));

        assertThat(errorOf(ask(claude()))).isInstanceOf(ModelError.Refused.class);
        assertThat(server.calls(ANTHROPIC)).isEqualTo(1);
    }

    @Test
    void shouldNotRepeatBadRequestWithTheOtherKeysOfTheRoute() throws Exception {
        server.replies(OPENAI, error(404, "model_not_found", "no such model"));

        assertThat(errorOf(ask(gpt().with(RouteConfig.API_KEYS, "a,b,c")))).isInstanceOf(ModelError.BadRequest.class);
        assertThat(server.calls(OPENAI)).isEqualTo(1);
    }

    @Test
    void shouldGiveUpOnAnswerBeyondTheBound() throws Exception {
        server.replies(ANTHROPIC, anthropic("x".repeat(200_000)));

        assertThat(errorOf(ask(claude().with(RouteConfig.MAX_RESPONSE, 100_000).with(RouteConfig.ATTEMPTS, 1))))
                .isEqualTo(new ModelError.BrokenAnswer("the answer is longer than 100000 bytes"));
    }

    @Test
    void shouldCallAnswerBrokenWhenItIsNotOfTheProtocol() throws Exception {
        server.replies(ANTHROPIC, aResponse().withStatus(200).withBody("<html>captive portal</html>"));

        assertThat(errorOf(ask(claude().with(RouteConfig.ATTEMPTS, 1)))).isInstanceOf(ModelError.BrokenAnswer.class);
    }

    @Test
    void shouldUseTheOtherRouteWhenTheFirstIsBroken() throws Exception {
        server.replies(ANTHROPIC, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        server.replies(OPENAI, openai("other"));

        assertThat(textOf(ask(claude().with(RouteConfig.WEIGHT, 100), gpt()))).isEqualTo("other");
        assertThat(server.calls(ANTHROPIC)).isEqualTo(4);
    }

    @Test
    void shouldStopCallingRouteOnceItsBreakerIsOpen() throws Exception {
        server.replies(ANTHROPIC, serverError());
        server.replies(OPENAI, openai("other"));
        Routes broken = claude().with(RouteConfig.WEIGHT, 100).with(RouteConfig.BREAKER_MINIMUM, 4);
        open(broken, gpt());
        again(ANYTHING, broken, gpt());
        int callsUntilOpen = server.calls(ANTHROPIC);

        assertThat(textOf(again(ANYTHING, broken, gpt()))).isEqualTo("other");
        assertThat(callsUntilOpen).isEqualTo(4);
        assertThat(server.calls(ANTHROPIC)).isEqualTo(callsUntilOpen);
        assertThat(states)
                .extracting(RouteState::name, RouteState::position)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("claude/1", Position.OPEN));
    }

    @Test
    void shouldCloseBreakerWhenProbeSucceeds() throws Exception {
        server.replies(ANTHROPIC, serverError(), serverError(), anthropic("well again"));
        Routes route = claude().with(RouteConfig.ATTEMPTS, 2)
                .with(RouteConfig.BREAKER_MINIMUM, 2)
                .with(RouteConfig.BREAKER_WINDOW, 2)
                .with(RouteConfig.BREAKER_OPEN, 1)
                .with(RouteConfig.BREAKER_OPEN_MAX, 1);
        open(route);
        assertThat(errorOf(again(ANYTHING, route))).isInstanceOf(ModelError.Overloaded.class);

        ModelOutcome outcome = again(ANYTHING, route);
        while (outcome instanceof Failed) {
            outcome = again(ANYTHING, route);
        }

        assertThat(textOf(outcome)).isEqualTo("well again");
        assertThat(states)
                .extracting(RouteState::position)
                .containsExactly(Position.OPEN, Position.HALF_OPEN, Position.CLOSED);
    }

    @Test
    void shouldSpreadCallsOverKeys() throws Exception {
        server.replies(ANTHROPIC, anthropic("done"));
        Routes route = claude().with(RouteConfig.API_KEYS, "a, b");
        open(route);
        for (int i = 0; i < 6; i++) {
            again(ANYTHING, route);
        }

        assertThat(server.requests(ANTHROPIC))
                .extracting(sent -> sent.getHeader("x-api-key"))
                .containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void shouldSpreadCallsByWeight() throws Exception {
        server.replies(ANTHROPIC, anthropic("done")).replies(OPENAI, openai("done"));
        Routes heavy = claude().with(RouteConfig.WEIGHT, 3);
        open(heavy, gpt());
        for (int i = 0; i < 8; i++) {
            again(ANYTHING, heavy, gpt());
        }

        assertThat(server.calls(ANTHROPIC)).isEqualTo(6);
        assertThat(server.calls(OPENAI)).isEqualTo(2);
    }

    @Test
    void shouldSendNothingWhenTheBudgetDoesNotCoverIt() throws Exception {
        server.replies(ANTHROPIC, anthropic("done"));

        ModelError error =
                errorOf(ask(claude().with(RouteConfig.PRICE_OUTPUT, 15).with(RouteConfig.BUDGET, 0.001)));

        assertThat(error).isInstanceOf(ModelError.OutOfBudget.class);
        assertThat(server.calls(ANTHROPIC)).isZero();
    }

    @Test
    void shouldRefuseMoreCallsThanMayBeInFlight() throws Exception {
        server.replies(ANTHROPIC, anthropic("slow").withFixedDelay(2_000));
        Routes route = claude().with(RouteConfig.IN_FLIGHT, 1);
        open(route);
        CompletableFuture<ModelOutcome> first = start(ANYTHING, route);

        assertThat(errorOf(again(ANYTHING, route))).isInstanceOf(ModelError.HeldBack.class);
        first.cancel(true);
    }

    @Test
    void shouldNeverShowTheKey() throws Exception {
        server.replies(ANTHROPIC, error(400, "invalid_request_error", "bad"));
        Routes route = claude().with(RouteConfig.API_KEYS, "sk-very-secret");

        ModelOutcome outcome = ask(route);

        assertThat(outcome.toString() + route.settings() + states).doesNotContain("sk-very-secret");
    }
}
