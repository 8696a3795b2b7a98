package dev.selfheal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Real tests through the real launcher, which finds the listener by itself. */
@Timeout(30)
class SelfhealListenerTest {

    private static final String COMMIT = "3b18e512dba79e4c8300dd08aeb37f8e728b8dad";

    private StubIntake intake;

    @BeforeEach
    void start() throws IOException {
        intake = new StubIntake(202);
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void shouldReportEachFailingMethodOnce() {
        run(Map.of("selfheal.url", intake.url()), Samples.Mixed.class);

        String mixed = "dev.selfheal.junit.Samples$Mixed";
        assertThat(intake.events)
                .extracting(event -> event.at("/reproduction/selector").asText())
                .containsExactlyInAnyOrder(
                        mixed + "#fails", mixed + "#failsForEach", mixed + "#makesTests", mixed + "$Inner#fails");
    }

    @Test
    void shouldReportAFailureOfJUnit4() {
        run(Map.of("selfheal.url", intake.url()), Samples.Old.class);

        assertThat(intake.events)
                .extracting(event -> event.at("/reproduction/selector").asText())
                .containsExactly("dev.selfheal.junit.Samples$Old#failsToo");
        assertThat(intake.events.get(0).path("stacktrace").asText())
                .startsWith("java.lang.ArithmeticException: / by zero");
    }

    @Test
    void shouldReportAClassThatCannotBeSetUp() {
        run(Map.of("selfheal.url", intake.url()), Samples.NotSetUp.class);

        assertThat(intake.events)
                .extracting(event -> event.at("/reproduction/selector").asText())
                .containsExactly("dev.selfheal.junit.Samples$NotSetUp");
    }

    @Test
    void shouldSendWhatTheIntakeReads() {
        run(
                Map.of(
                        "selfheal.url", intake.url() + "/",
                        "selfheal.key", "shop-key",
                        "selfheal.service", "shop",
                        "selfheal.commit", COMMIT,
                        "selfheal.module", "core/cart"),
                Samples.Mixed.class);

        JsonNode event = intake.events.stream()
                .filter(sent -> sent.at("/reproduction/selector").asText().endsWith("Mixed#fails"))
                .findFirst()
                .orElseThrow();
        assertThat(event.path("service").asText()).isEqualTo("shop");
        assertThat(event.path("commit").asText()).isEqualTo(COMMIT);
        assertThat(event.path("platform").asText()).isEqualTo("java");
        assertThat(event.at("/reproduction/module").asText()).isEqualTo("core/cart");
        assertThat(event.path("stacktrace").asText())
                .startsWith("java.lang.IllegalStateException: no \"stock\"\n\tfor \u00fc \ud83d\ude00 \\ \u0001")
                .contains("at dev.selfheal.junit.Samples$Mixed.fails(");
        assertThat(intake.authorizations).contains("Bearer shop-key");
    }

    @Test
    void shouldReportWhatPrintsBadlyOrIsHuge() {
        run(Map.of("selfheal.url", intake.url()), Samples.Many.class);

        assertThat(intake.events).hasSize(4);
        assertThat(intake.events)
                .allSatisfy(
                        event -> assertThat(event.path("stacktrace").asText()).hasSizeBetween(20, 150_000));
    }

    @Test
    void shouldReportAgainInTheNextRun() {
        run(Map.of("selfheal.url", intake.url()), Samples.Old.class);
        run(Map.of("selfheal.url", intake.url()), Samples.Old.class);

        assertThat(intake.events).hasSize(2);
    }

    /** As Surefire does with its {@code rerunFailingTestsCount}; whoever reads them drops the second. */
    @Test
    void shouldReportATestThatIsRunAgainWithTheSameId() {
        run(Map.of("selfheal.url", intake.url()), Samples.Mixed.class);
        run(Map.of("selfheal.url", intake.url()), Samples.Mixed.class);

        assertThat(intake.events).hasSize(8);
        assertThat(intake.events)
                .extracting(event -> event.path("eventId").asText())
                .doesNotContain("")
                .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(4));
    }

    @Test
    void shouldTellWhatTheIntakeRefusedOfABatch() throws IOException {
        String answer = "{\"accepted\":0,\"rejected\":[{\"line\":1,\"code\":\"INVALID\"}]}";
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(EventSender.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        String endpoint;
        try (StubIntake refusing = new StubIntake(202, answer)) {
            endpoint = refusing.url() + "/v1/errors";
            run(Map.of("selfheal.url", refusing.url()), Samples.Old.class);
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(logged)
                .containsExactly(
                        endpoint + " answered 202: " + answer, "1 failing tests were not reported to " + endpoint);
    }

    @Test
    void shouldDoNothingWithoutAnAddress() {
        assertThat(run(Map.of(), Samples.Old.class)).isOne();
        assertThat(intake.events).isEmpty();
    }

    @Test
    void shouldNotHarmTheRunWhenTheAddressIsNone() {
        assertThat(run(Map.of("selfheal.url", "ht tp:/nowhere"), Samples.Old.class))
                .isOne();
        assertThat(run(Map.of("selfheal.url", "mailto:jo"), Samples.Old.class)).isOne();
    }

    @Test
    void shouldNotHarmTheRunWhenTheIntakeRefuses() throws IOException {
        try (StubIntake refusing = new StubIntake(503)) {
            assertThat(run(Map.of("selfheal.url", refusing.url()), Samples.Mixed.class))
                    .isEqualTo(6);
            assertThat(refusing.events).hasSize(4);
        }
    }

    @Test
    void shouldNotHarmTheRunWhenNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(run(Map.of("selfheal.url", "http://127.0.0.1:" + free), Samples.Mixed.class))
                .isEqualTo(6);
    }

    @Test
    void shouldWaitABoundedTimeForAnIntakeThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long started = System.nanoTime();
            assertThat(run(Map.of("selfheal.url", "http://127.0.0.1:" + silent.getLocalPort()), Samples.Old.class))
                    .isOne();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** The number of tests that failed. */
    private static long run(Map<String, String> settings, Class<?> tests) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameters(settings)
                .build();
        LauncherFactory.create().execute(request, summary);
        return summary.getSummary().getTestsFailedCount();
    }
}
