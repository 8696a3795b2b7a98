package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.NULL_POINTER;
import static dev.selfheal.analysis.Samples.SERVICE;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Severity;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.event.WorkerLoad;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loop with breakers that open at two failures of two, for a minute, and probe every ten seconds. */
class BreakerTopologyTest {

    private static final Duration OPENING = Duration.ofMinutes(1);
    private static final Duration PACE = Duration.ofSeconds(10);

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;
    private final List<BreakerState> states = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private Instant now = START;
    private int errors;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(
                registry,
                stateDir,
                Map.of(
                        AnalysisConfig.BREAKER_MINIMUM_VOLUME, "2",
                        AnalysisConfig.BREAKER_GROUP_MINIMUM_VOLUME, "2",
                        AnalysisConfig.BREAKER_OPENING_MS, Long.toString(OPENING.toMillis()),
                        AnalysisConfig.BREAKER_PROBE_PACE_MS, Long.toString(PACE.toMillis()),
                        AnalysisConfig.BREAKER_PROBES_TO_CLOSE, "1"));
        know(SERVICE, 200);
        know("other", 200);
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    /** Two failures that have nothing in common but the scope, and then an error that has. */
    @ParameterizedTest
    @CsvSource({
        "SYSTEM, other, UnknownError, LOW",
        "SEVERITY, other, UnknownError, MEDIUM",
        "SERVICE, shop, UnknownError, LOW",
        "ERROR_TYPE, other, java.lang.NullPointerException, LOW"
    })
    void shouldHoldBackWhatSharesTheScopeThatFails(BreakerScope scope, String service, String type, Severity severity) {
        fail(error("1").build());
        fail(error("2").build());
        drain();

        assertThat(opened()).contains(scope + ":" + nameOf(scope));
        assertThat(see(error("3")
                        .setService(service)
                        .setSeverity(severity)
                        .setExceptions(List.of(Samples.exception(type)))))
                .isEmpty();
    }

    @Test
    void shouldOpenTheBreakerOfEachScopeOnceAndSayWhy() {
        fail(error("1").build());
        fail(error("2").build());
        drain();

        assertThat(opened())
                .containsExactlyInAnyOrder("SYSTEM:*", "SEVERITY:MEDIUM", "SERVICE:shop", "ERROR_TYPE:" + NULL_POINTER);
        assertThat(states)
                .filteredOn(state -> state.getPosition() == BreakerPosition.OPEN)
                .allSatisfy(state -> {
                    assertThat(state.getMode()).isEqualTo(HealingMode.OBSERVE_ONLY);
                    assertThat(state.getFailureRate()).isEqualTo(1);
                    assertThat(state.getReason()).isEqualTo("2 of 2 cases failed");
                });
        assertThat(alerts)
                .filteredOn(alert -> alert.getName().equals("BreakerOpened"))
                .hasSize(4);
    }

    @Test
    void shouldLetOneProbeThroughAfterTheOpeningAndReviewIt() {
        fail(error("1").build());
        fail(error("2").build());
        now = now.plus(OPENING).minusMillis(1);
        assertThat(see(error("3"))).isEmpty();

        now = now.plusMillis(1);
        assertThat(see(error("4")))
                .singleElement()
                .satisfies(probe -> assertThat(probe.getMode()).isEqualTo(HealingMode.REVIEW_ONLY));
        assertThat(see(error("5"))).isEmpty();
        drain();
        assertThat(newest("SYSTEM:*").getPosition()).isEqualTo(BreakerPosition.HALF_OPEN);
    }

    @Test
    void shouldLetTheNextProbeThroughAfterThePace() {
        fail(error("1").build());
        fail(error("2").build());
        now = now.plus(OPENING);
        see(error("3"));
        now = now.plus(PACE).minusMillis(1);
        assertThat(see(error("4"))).isEmpty();

        now = now.plusMillis(1);
        assertThat(see(error("5"))).hasSize(1);
    }

    @Test
    void shouldCloseWithASuccessfulProbeAndSaySoOnce() {
        fail(error("1").build());
        fail(error("2").build());
        now = now.plus(OPENING);
        HealingRequest probe = see(error("3")).get(0);
        loop.send(
                loop.topics().approvedPatches(),
                Samples.verdict(probe, VerdictKind.APPROVED, now)
                        .build(),
                now);
        drain();

        assertThat(newest("SYSTEM:*").getPosition()).isEqualTo(BreakerPosition.CLOSED);
        assertThat(alerts)
                .filteredOn(alert -> alert.getName().equals("BreakerClosed"))
                .extracting(Alert::getSubject)
                .containsExactlyInAnyOrder("SYSTEM:*", "SEVERITY:MEDIUM", "SERVICE:shop", "ERROR_TYPE:" + NULL_POINTER);
        assertThat(see(error("4"))).hasSize(1);
    }

    @Test
    void shouldOpenForTwiceAsLongWhenTheProbeFails() {
        fail(error("1").build());
        fail(error("2").build());
        now = now.plus(OPENING);
        fail(error("3").build());
        drain();

        assertThat(newest("SYSTEM:*").getTrips()).isEqualTo(2);
        assertThat(newest("SYSTEM:*").getProbeAt()).contains(now.plus(OPENING.multipliedBy(2)));
    }

    @Test
    void shouldAskTemplatesOnlyWhenEveryModelIsAway() {
        loop.send(loop.topics().breakerStates(), route("claude/1", BreakerPosition.OPEN), START);
        assertThat(see(error("1")))
                .singleElement()
                .extracting(HealingRequest::getMode)
                .isEqualTo(HealingMode.TEMPLATES_ONLY);

        loop.send(loop.topics().breakerStates(), route("gpt/1", BreakerPosition.CLOSED), START);
        assertThat(see(error("2")))
                .singleElement()
                .extracting(HealingRequest::getMode)
                .isEqualTo(HealingMode.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM:*", "SEVERITY:MEDIUM", "SERVICE:shop", "BUDGET:shop"})
    void shouldHoldBackWhatABreakerThatCannotBeReadGuards(String key) {
        loop.sendBytes(loop.topics().breakerStates(), key, "not avro".getBytes(StandardCharsets.UTF_8));

        assertThat(see(error("1"))).isEmpty();
        assertThat(lastReason()).contains("cannot be read");
    }

    @Test
    void shouldHoldBackWhatABreakerInAnUnknownPositionGuards() {
        BreakerState unknown = BreakerState.newBuilder(route("x", BreakerPosition.UNKNOWN))
                .setScope(BreakerScope.SYSTEM)
                .setName("*")
                .build();
        loop.send(loop.topics().breakerStates(), unknown, START);

        assertThat(see(error("1"))).isEmpty();
        assertThat(lastReason()).contains("cannot be read");
    }

    @Test
    void shouldHoldBackWhatWorkersWouldAnswerTooLateAndTryAgainWhenTheyCaughtUp() {
        loop.send(loop.topics().workerLoads(), load(1_000, now), now);
        assertThat(see(error("1").setSeverity(Severity.CRITICAL))).isEmpty();
        assertThat(lastReason()).startsWith("overloaded");

        loop.send(loop.topics().workerLoads(), load(0, now), now);
        assertThat(see(error("1").setSeverity(Severity.CRITICAL))).hasSize(1);
    }

    @Test
    void shouldForgetWhatAWorkerSaidTooLongAgo() {
        loop.send(loop.topics().workerLoads(), load(1_000, now), now);
        now = now.plusMillis(15_000);
        assertThat(see(error("1"))).isEmpty();

        now = now.plusMillis(1);
        assertThat(see(error("1"))).hasSize(1);
    }

    @Test
    void shouldForgetAWorkerThatHasSaidGoodBye() {
        loop.send(loop.topics().workerLoads(), load(1_000, now), now);
        loop.sendBytes(loop.topics().workerLoads(), "patch-worker-1", null);

        assertThat(see(error("1"))).hasSize(1);
    }

    @Test
    void shouldAskTemplatesOnlyWhileWorkersAreBusy() {
        loop.send(loop.topics().workerLoads(), load(10, now), now);

        assertThat(see(error("1").setSeverity(Severity.CRITICAL)))
                .singleElement()
                .extracting(HealingRequest::getMode)
                .isEqualTo(HealingMode.TEMPLATES_ONLY);
    }

    @Test
    void shouldStopAtTheBudgetAndGoOnTheNextDay() {
        know(SERVICE, 2);
        assertThat(see(error("1"))).hasSize(1);
        assertThat(see(error("2"))).hasSize(1);
        assertThat(see(error("3"))).isEmpty();
        drain();
        assertThat(newest("BUDGET:shop").getMode()).isEqualTo(HealingMode.OBSERVE_ONLY);

        loop.passTime(Duration.ofHours(14).plusSeconds(31));
        drain();
        assertThat(newest("BUDGET:shop").getPosition()).isEqualTo(BreakerPosition.CLOSED);
        assertThat(alerts)
                .filteredOn(alert -> alert.getSubject().equals("BUDGET:shop"))
                .extracting(Alert::getName)
                .containsExactly("BreakerOpened", "BreakerClosed");
    }

    @Test
    void shouldLetPeopleApproveForADayWhenAPatchHasMadeThingsWorse() {
        loop.close();
        loop = new LoopDriver(registry, stateDir.resolve("calm"));
        know(SERVICE, 200);
        HealingRequest request = see(error("1")).get(0);
        loop.send(
                loop.topics().approvedPatches(),
                Samples.verdict(request, VerdictKind.APPROVED, now).build(),
                now);
        deploy(request, DeploymentStatus.SUCCEEDED);
        deploy(request, DeploymentStatus.ROLLED_BACK);
        drain();
        assertThat(newest("SERVICE:shop"))
                .returns(BreakerPosition.CLOSED, BreakerState::getPosition)
                .returns(HealingMode.REVIEW_ONLY, BreakerState::getMode);
        assertThat(newest("SYSTEM:*").getMode()).isNotEqualTo(HealingMode.REVIEW_ONLY);
        assertThat(see(error("2")))
                .singleElement()
                .extracting(HealingRequest::getMode)
                .isEqualTo(HealingMode.REVIEW_ONLY);

        Instant end = newest("SERVICE:shop").getReviewUntil().orElseThrow();
        assertThat(end).isEqualTo(now.plus(Duration.ofDays(1)));
        loop.passTime(Duration.between(now, end));
        drain();
        assertThat(newest("SERVICE:shop").getMode()).isEqualTo(HealingMode.REVIEW_ONLY);
        loop.passTime(Duration.ofSeconds(1));
        drain();
        assertThat(newest("SERVICE:shop").getMode()).isNotEqualTo(HealingMode.REVIEW_ONLY);
    }

    private void deploy(HealingRequest request, DeploymentStatus status) {
        loop.send(
                loop.topics().deployments(),
                Samples.deployment(request.getCaseId(), status, now)
                        .setGroup(request.getGroup())
                        .build(),
                now);
    }

    private void know(String service, int requestsPerDay) {
        HealingPolicy policy = Samples.policy()
                .setService(service)
                .setBudget(Samples.budget()
                        .setRequestsPerDay(requestsPerDay)
                        .setCooldownMs(0)
                        .build())
                .build();
        loop.know(policy);
    }

    /** In a group of its own. */
    private ErrorEvent.Builder error(String group) {
        return Samples.reproducible("e" + errors++, now).setGroup("v1:" + group);
    }

    /** The requests that an error leads to. */
    private List<HealingRequest> see(ErrorEvent.Builder error) {
        ErrorEvent event = error.setOccurredAt(now).setReceivedAt(now).build();
        loop.send(loop.topics().errorEvents(), event, now);
        return Stream.concat(loop.requests().stream(), loop.urgentRequests().stream())
                .toList();
    }

    private void fail(ErrorEvent event) {
        loop.send(loop.topics().errorEvents(), event, now);
        HealingRequest request = loop.requests().get(0);
        loop.send(
                loop.topics().patchProposals(),
                Samples.nothingFound(request, now).build(),
                now);
    }

    private void drain() {
        states.addAll(loop.breakers());
        alerts.addAll(loop.alerts());
    }

    private List<String> opened() {
        return states.stream()
                .filter(state -> state.getPosition() == BreakerPosition.OPEN)
                .map(state -> state.getScope() + ":" + state.getName())
                .toList();
    }

    private BreakerState newest(String key) {
        return states.stream()
                .filter(state -> key.equals(state.getScope() + ":" + state.getName()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private String lastReason() {
        List<HealingCase> cases = loop.cases();
        HealingCase last = cases.get(cases.size() - 1);
        assertThat(last.getState()).isEqualTo(CaseState.SUPPRESSED);
        return last.getHistory().get(last.getHistory().size() - 1).getReason();
    }

    private static String nameOf(BreakerScope scope) {
        return switch (scope) {
            case SYSTEM -> "*";
            case SEVERITY -> "MEDIUM";
            case SERVICE -> SERVICE;
            case ERROR_TYPE -> NULL_POINTER;
            default -> GROUP;
        };
    }

    private static BreakerState route(String name, BreakerPosition position) {
        return BreakerState.newBuilder()
                .setScope(BreakerScope.MODEL_ROUTE)
                .setName(name)
                .setPosition(position)
                .setSince(START)
                .build();
    }

    /** One place, half a minute a message, ten minutes a step. */
    private static WorkerLoad load(long waiting, Instant at) {
        return WorkerLoad.newBuilder()
                .setWorker("patch-worker-1")
                .setKind("patch-worker")
                .setInFlight(1)
                .setCapacity(1)
                .setLag(waiting)
                .setServiceTimeMs(30_000)
                .setAt(at)
                .build();
    }
}
