package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.analysis.query.Distribution.Question;
import dev.selfheal.analysis.query.Instances.Cut;
import dev.selfheal.analysis.query.Instances.Holders;
import dev.selfheal.analysis.query.Peers.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a peer that is a plain HTTP server. */
class DistributionTest {

    private static final Cut CUT = new Cut("trends", "error-events", 4);
    private static final HostInfo SELF = new HostInfo("127.0.0.1", 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<HostInfo> owners = new ArrayList<>();
    private final List<HostInfo> holders = new ArrayList<>(List.of(SELF));
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer peer;
    private HostInfo other;
    private int missing;
    private boolean shared;
    private boolean hangs;
    private int status = 200;
    private String body = "{\"rows\":[{\"key\":\"b\"}]}";
    private Distribution distribution;

    @BeforeEach
    void start() throws IOException {
        peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        peer.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " hop "
                    + exchange.getRequestHeaders().getFirst(Peers.HOP));
            if (hangs) {
                awaitRelease();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        peer.start();
        other = new HostInfo("127.0.0.1", peer.getAddress().getPort());
        distribution = new Distribution(new FixedInstances(), new Peers(TIMEOUT));
    }

    @AfterEach
    void stop() {
        released.countDown();
        peer.stop(0);
    }

    @Test
    void shouldAnswerByItselfWhenItHoldsTheKey() {
        owners.add(SELF);

        assertThat(text(ofKey(question(false)))).isEqualTo("{\"key\":\"here\"}");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldPassTheQuestionOnOnceAsItCame() {
        owners.add(other);

        assertThat(text(ofKey(question(false)))).isEqualTo(body);
        assertThat(asked).containsExactly("/v1/groups/v1:a%2Fb?x=1 hop 1");
    }

    @Test
    void shouldPassOnThatThePeerDoesNotKnowTheKey() {
        owners.add(other);
        status = 404;

        assertThat(ofKey(question(false)).status()).isEqualTo(404);
    }

    @Test
    void shouldNeverPassOnWhatWasPassedOn() {
        owners.add(other);

        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> ofKey(question(true)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldAskOnceMoreWithFreshMetadataWhenTheKeyMoved() {
        owners.add(new HostInfo("127.0.0.1", 9));
        owners.add(SELF);

        assertThat(text(ofKey(question(false)))).isEqualTo("{\"key\":\"here\"}");
    }

    @Test
    void shouldNameThePeerThatIsAway() {
        peer.stop(0);
        owners.add(other);
        owners.add(other);

        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> ofKey(question(false)))
                .withMessageContaining(Instances.name(other))
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void shouldBlameThePeerForWhatIsNoAnswer() {
        owners.add(other);
        status = 500;
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> ofKey(question(false)))
                .withMessageContaining(Instances.name(other))
                .satisfies(e -> assertThat(e.status()).isEqualTo(502));
    }

    @Test
    void shouldMergeTheRowsOfAll() {
        holders.add(other);

        ObjectNode all = ofAll(question(false), () -> page("c", "a"));
        assertThat(all.path("rows").findValuesAsText("key")).containsExactly("a", "b", "c");
        assertThat(all.path("partial").asBoolean()).isFalse();
        assertThat(all.path("unreachable")).isEmpty();
    }

    @Test
    void shouldMarkTheListPartialWhenAnotherInstanceHasTheSameAddress() {
        shared = true;
        missing = 2;

        ObjectNode all = ofAll(question(false), () -> page("a"));
        assertThat(all.path("partial").asBoolean()).isTrue();
        assertThat(all.path("missingPartitions").asInt()).isEqualTo(2);
        assertThat(all.path("unreachable").path(0).path("reason").asText()).contains("query.advertised.url");
    }

    @Test
    void shouldMarkTheListPartialWhenAPeerIsAway() {
        holders.add(other);
        peer.stop(0);

        ObjectNode all = ofAll(question(false), () -> page("a"));
        assertThat(all.path("rows").findValuesAsText("key")).containsExactly("a");
        assertThat(all.path("partial").asBoolean()).isTrue();
        assertThat(all.path("unreachable").findValuesAsText("instance")).containsExactly(Instances.name(other));
    }

    @Test
    void shouldMarkTheListPartialWhenAPeerIsTooSlow() {
        holders.add(other);
        hangs = true;

        ObjectNode all = ofAll(new Question("/v1/groups", false, Deadline.in(Duration.ofMillis(100))), () -> page("a"));
        assertThat(all.path("partial").asBoolean()).isTrue();
    }

    @Test
    void shouldMarkTheListPartialWhenAPeerAnswersNonsense() {
        holders.add(other);
        body = "<html>";

        assertThat(ofAll(question(false), () -> page("a")).path("partial").asBoolean())
                .isTrue();
    }

    @Test
    void shouldMarkTheListPartialWhenNobodyHasAPartition() {
        missing = 1;

        ObjectNode all = ofAll(question(false), () -> page("a"));
        assertThat(all.path("partial").asBoolean()).isTrue();
        assertThat(all.path("missingPartitions").asInt()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenNobodyCanAnswer() {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> ofAll(question(false), () -> {
                    throw QueryException.unavailable("it is being restored");
                }))
                .withMessageContaining("it is being restored")
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void shouldFindWhatOnlyAnotherInstanceKnows() {
        holders.add(other);
        body = "{\"caseId\":\"c\"}";

        assertThat(text(ofAny())).isEqualTo(body);
    }

    @Test
    void shouldSayNotFoundOnlyWhenAllHaveSaidSo() {
        holders.add(other);
        status = 404;
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(this::ofAny)
                .satisfies(e -> assertThat(e.status()).isEqualTo(404));

        peer.stop(0);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(this::ofAny)
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }

    private Reply ofKey(Question question) {
        return distribution.ofKey(question, CUT, "v1:a/b", () -> Json.object().put("key", "here"));
    }

    private ObjectNode ofAll(Question question, Supplier<Page> local) {
        return distribution.ofAll(question, CUT, "rows", DistributionTest::page, local);
    }

    private Reply ofAny() {
        return distribution.ofAny(question(false), CUT, "case c", () -> {
            throw QueryException.notFound("not here");
        });
    }

    private static Question question(boolean passedOn) {
        return new Question("/v1/groups/v1:a%2Fb?x=1", passedOn, Deadline.in(TIMEOUT));
    }

    private static Page page(String... keys) {
        Page page = new Page(Order.byKey("key"), 10, Optional.empty());
        for (String key : keys) {
            page.offer(Json.object().put("key", key));
        }
        return page;
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the owners one after the other, as metadata that changes. */
    private final class FixedInstances implements Instances {

        @Override
        public HostInfo self() {
            return SELF;
        }

        @Override
        public HostInfo ownerOf(Cut cut, String key) {
            return owners.size() > 1 ? owners.remove(0) : owners.get(0);
        }

        @Override
        public Holders holdersOf(Cut cut) {
            return new Holders(List.copyOf(holders), missing, shared);
        }
    }
}
