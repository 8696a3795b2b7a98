package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.WorkerLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

    private static final Subject SUBJECT = Subject.of(Samples.error("e", START).build());
    private static final Instant PROBE = START.plus(Settings.OPENING);

    private final FakeReadings readings = new FakeReadings();
    private final Gate gate = new Gate(readings, Settings.gate(1), 0);

    @Test
    void shouldGrantEverythingWhenNothingIsKnown() {
        assertThat(ask(START)).isEqualTo(Permission.GRANTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "SEVERITY", "SERVICE", "ERROR_TYPE", "GROUP"})
    void shouldRefuseWhenAnyScopeIsOpenUntilItsProbe(BreakerScope scope) {
        ScopeKey key = keyOf(scope);
        readings.breaker(key, open());

        assertThat(ask(PROBE.minusMillis(1)))
                .isInstanceOfSatisfying(
                        Permission.Refused.class,
                        refused -> assertThat(refused.scope()).isEqualTo(key));
        assertThat(ask(PROBE)).isEqualTo(new Permission.Granted(HealingMode.REVIEW_ONLY));
    }

    @Test
    void shouldNameTheWidestRefusal() {
        for (ScopeKey key : ScopeKey.of(SUBJECT)) {
            readings.breaker(key, open());
        }
        assertThat(reason(START)).startsWith("breaker of the whole system is OPEN until");
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "SEVERITY", "SERVICE", "ERROR_TYPE", "GROUP"})
    void shouldRefuseWhatCannotBeRead(BreakerScope scope) {
        ScopeKey key = keyOf(scope);
        readings.state(key, BreakerRecords.unreadable(key));

        assertThat(reason(START.plus(Duration.ofDays(365)))).contains("cannot be read");
    }

    @Test
    void shouldRefuseWhenTheBudgetCannotBeRead() {
        ScopeKey key = ScopeKey.budget(Samples.SERVICE);
        readings.state(key, BreakerRecords.unreadable(key));

        assertThat(reason(START)).contains("cannot be read");
        assertThat(askAgain(START)).isInstanceOf(Permission.Refused.class);
    }

    @Test
    void shouldNotSendASecondProbeThatTheTableDoesNotShowYet() {
        ScopeKey shop = keyOf(BreakerScope.SERVICE);
        readings.breaker(shop, open());
        readings.probed(shop, PROBE);

        assertThat(reason(PROBE.plusMillis(50))).contains("not the turn");
        assertThat(ask(PROBE.plus(Settings.PACE).minusMillis(1))).isInstanceOf(Permission.Refused.class);
        assertThat(ask(PROBE.plus(Settings.PACE))).isInstanceOf(Permission.Granted.class);
    }

    @Test
    void shouldLeaveTheProbeToThePartitionThatKnowsTheScope() {
        readings.breaker(keyOf(BreakerScope.SERVICE), new ScopeBreaker(open(), Optional.empty(), List.of(1)));

        assertThat(ask(PROBE, 0)).isInstanceOf(Permission.Refused.class);
        assertThat(ask(PROBE, 1)).isInstanceOf(Permission.Granted.class);
    }

    @Test
    void shouldTakeTheStrictestModeOfAllScopes() {
        readings.breaker(keyOf(BreakerScope.SYSTEM), new Closed(START, 0, new Tally(6, 4, 0.01)));
        assertThat(mode()).isEqualTo(HealingMode.TEMPLATES_ONLY);

        readings.breaker(
                keyOf(BreakerScope.SERVICE),
                new ScopeBreaker(Closed.initial(START), Optional.of(START.plusSeconds(1)), List.of(0)));
        assertThat(mode()).isEqualTo(HealingMode.REVIEW_ONLY);
    }

    @Test
    void shouldAskTemplatesOnlyWhenEveryModelRouteIsOpen() {
        readings.route("one", BreakerPosition.OPEN);
        assertThat(mode()).isEqualTo(HealingMode.TEMPLATES_ONLY);

        readings.route("two", BreakerPosition.HALF_OPEN);
        assertThat(mode()).isEqualTo(HealingMode.FULL);
    }

    @Test
    void shouldRefuseWhenBudgetIsUsedUpAndGrantTheNextDay() {
        ServiceBudget budget = ServiceBudget.initial(START).spend(0, START).spend(1, START);
        readings.state(ScopeKey.budget(Samples.SERVICE), BreakerRecords.writeBudget(Samples.SERVICE, budget, 2));

        assertThat(ask(3, START)).isEqualTo(Permission.GRANTED);
        assertThat(ask(2, START)).isInstanceOf(Permission.Refused.class);
        assertThat(ask(2, budget.total().nextDay().minusMillis(1))).isInstanceOf(Permission.Refused.class);
        assertThat(ask(2, budget.total().nextDay())).isEqualTo(Permission.GRANTED);
    }

    @Test
    void shouldRefuseWhenWorkersAreSilentAboutWhatTheyWereAsked() {
        readings.worker(busy(START, 0));
        Instant silent = START.plus(Settings.LOAD.staleAfter()).plusSeconds(60);
        assertThat(ask(silent)).as("nobody waits for them").isEqualTo(Permission.GRANTED);

        readings.waiting("patch-worker", START.plusSeconds(60));
        assertThat(ask(silent)).as("it had time to speak").isEqualTo(Permission.GRANTED);
        assertThat(reason(silent.plusMillis(1)))
                .isEqualTo("overloaded: no patch-worker speaks, although one is waited for since "
                        + START.plusSeconds(60));
        assertThat(askAgain(silent.plusMillis(1)))
                .as("a running case goes on, with templates")
                .isEqualTo(new Permission.Granted(HealingMode.TEMPLATES_ONLY));
    }

    @Test
    void shouldNotWaitForWorkersThatNeverSpoke() {
        readings.waiting("patch-worker", START);

        assertThat(ask(START.plus(Duration.ofHours(1)))).isEqualTo(Permission.GRANTED);
    }

    @Test
    void shouldBelieveOneWorkerOfAKindThatSpeaksForAll() {
        Instant now = START.plus(Duration.ofHours(1));
        readings.worker(busy(START, 0));
        readings.worker(WorkerLoad.newBuilder(busy(now, 0)).setWorker("other").build());
        readings.waiting("patch-worker", START);

        assertThat(ask(now)).isEqualTo(Permission.GRANTED);
    }

    @Test
    void shouldRefuseWhenWorkersWouldAnswerTooLate() {
        readings.worker(busy(START, 1_000));

        assertThat(reason(START)).startsWith("overloaded");
    }

    @Test
    void shouldAskTemplatesOnlyWhenWorkersAreBusy() {
        // Half the step's time-out: 10 min with one place and 30 s a message.
        readings.worker(busy(START, 10));

        assertThat(gate.ask(SUBJECT, Urgency.URGENT, budget(9), START))
                .isEqualTo(new Permission.Granted(HealingMode.TEMPLATES_ONLY));
    }

    @Test
    void shouldLetARunningCaseGoOnUnderReviewWhenABreakerOpens() {
        readings.breaker(keyOf(BreakerScope.SERVICE), open());

        assertThat(askAgain(START)).isEqualTo(new Permission.Granted(HealingMode.REVIEW_ONLY));
    }

    @Test
    void shouldStopARunningCaseWhenABreakerCannotBeRead() {
        readings.state(ScopeKey.system(), BreakerRecords.unreadable(ScopeKey.system()));

        assertThat(askAgain(START)).isInstanceOf(Permission.Refused.class);
    }

    private static ScopeKey keyOf(BreakerScope scope) {
        return ScopeKey.of(SUBJECT).stream()
                .filter(candidate -> candidate.scope() == scope)
                .findFirst()
                .orElseThrow();
    }

    private static Open open() {
        return new Open(START, 1, PROBE, new Tally(0, 9, 0));
    }

    private static WorkerLoad busy(Instant at, long lag) {
        return WorkerLoad.newBuilder()
                .setWorker("w")
                .setKind("patch-worker")
                .setInFlight(1)
                .setCapacity(1)
                .setLag(lag)
                .setServiceTimeMs(30_000)
                .setAt(at)
                .build();
    }

    private static BudgetPolicy budget(int requestsPerDay) {
        return Samples.budget().setRequestsPerDay(requestsPerDay).build();
    }

    private Permission ask(Instant now) {
        return ask(9, now);
    }

    private Permission ask(Instant now, int partition) {
        return new Gate(readings, Settings.gate(2), partition).ask(SUBJECT, Urgency.NORMAL, budget(9), now);
    }

    private Permission ask(int requestsPerDay, Instant now) {
        return gate.ask(SUBJECT, Urgency.NORMAL, budget(requestsPerDay), now);
    }

    private Permission askAgain(Instant now) {
        return gate.askAgain(Samples.SERVICE, budget(9), now);
    }

    private String reason(Instant now) {
        return ((Permission.Refused) ask(now)).reason();
    }

    private HealingMode mode() {
        return ((Permission.Granted) ask(START)).mode();
    }
}
