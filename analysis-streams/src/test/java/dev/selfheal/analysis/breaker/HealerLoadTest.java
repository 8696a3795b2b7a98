package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.event.WorkerLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealerLoadTest {

    /** In which one place serves twenty messages. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void shouldLetEverythingPassWhenNoWorkerSpoke() {
        HealerLoad load = load(START);

        assertThat(share(load, Urgency.PREDICTED)).isZero();
        assertThat(load.isBusy(PATIENCE)).isFalse();
    }

    @Test
    void shouldRefuseEverythingOnlyBeyondTheTimeOut() {
        assertThat(load(START, worker(20)).refusal("g", Urgency.URGENT, PATIENCE, START))
                .isEmpty();
        assertThat(load(START, worker(21)).refusal("g", Urgency.URGENT, PATIENCE, START))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .isEqualTo("overloaded: a request would wait 630 s for a patch-worker, "
                                + "longer than the step may take"));
    }

    @Test
    void shouldHoldBackPredictedFirstAndUrgentLast() {
        assertThat(share(load(START, worker(5)), Urgency.PREDICTED)).isZero();
        assertThat(share(load(START, worker(10)), Urgency.PREDICTED)).isEqualTo(5.0 / 11, within(0.05));
        assertThat(share(load(START, worker(10)), Urgency.NORMAL)).isZero();
        assertThat(share(load(START, worker(20)), Urgency.NORMAL)).isEqualTo(10.0 / 21, within(0.05));
        assertThat(share(load(START, worker(20)), Urgency.URGENT)).isZero();
    }

    @Test
    void shouldHoldBackMoreTheMoreWait() {
        double before = 0;
        for (long waiting = 0; waiting <= 20; waiting++) {
            double now = share(load(START, worker(waiting)), Urgency.NORMAL);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isPositive();
    }

    @Test
    void shouldDecideAlikeWithinASlotAndAfreshInTheNext() {
        HealerLoad load = load(START, worker(20));
        Instant sameSlot = START.plusSeconds(59);
        Instant nextSlot = START.plusSeconds(60);
        List<String> held = groups().stream()
                .filter(group ->
                        load.refusal(group, Urgency.NORMAL, PATIENCE, START).isPresent())
                .toList();

        assertThat(groups().stream()
                        .filter(group -> load.refusal(group, Urgency.NORMAL, PATIENCE, sameSlot)
                                .isPresent()))
                .isEqualTo(held);
        assertThat(held)
                .anyMatch(group ->
                        load.refusal(group, Urgency.NORMAL, PATIENCE, nextSlot).isEmpty());
    }

    @Test
    void shouldBelieveAWorkerUntilItIsStale() {
        Instant end = START.plus(Settings.LOAD.staleAfter());

        assertThat(load(end, worker(21)).refusal("g", Urgency.URGENT, PATIENCE, end))
                .isPresent();
        assertThat(load(end.plusMillis(1), worker(21)).refusal("g", Urgency.URGENT, PATIENCE, end.plusMillis(1)))
                .isEmpty();
    }

    @Test
    void shouldAddUpTheWorkersOfAKind() {
        WorkerLoad other = WorkerLoad.newBuilder(worker(0)).setWorker("b").build();

        assertThat(load(START, worker(40), other).refusal("g", Urgency.URGENT, PATIENCE, START))
                .isEmpty();
        assertThat(load(START, worker(41), other).refusal("g", Urgency.URGENT, PATIENCE, START))
                .isPresent();
    }

    @Test
    void shouldJudgeEachKindByItself() {
        WorkerLoad validator =
                WorkerLoad.newBuilder(worker(21)).setKind("validation-worker").build();

        assertThat(load(START, worker(0), validator).refusal("g", Urgency.URGENT, PATIENCE, START))
                .hasValueSatisfying(reason -> assertThat(reason).contains("for a validation-worker"));
    }

    @Test
    void shouldBelieveTheAgeOfTheQueueOnlyWhileThereIsOne() {
        WorkerLoad.Builder old = WorkerLoad.newBuilder(worker(1)).setQueueAgeMs(PATIENCE.toMillis() + 1);

        assertThat(load(START, old.build()).refusal("g", Urgency.URGENT, PATIENCE, START))
                .isPresent();
        assertThat(load(START, old.setLag(0).build()).refusal("g", Urgency.URGENT, PATIENCE, START))
                .isEmpty();
    }

    @Test
    void shouldBeBusyFromHalfTheTimeOutOn() {
        WorkerLoad idlePlaces = WorkerLoad.newBuilder(worker(9)).setInFlight(0).build();

        assertThat(load(START, idlePlaces).isBusy(PATIENCE)).isFalse();
        assertThat(load(START, WorkerLoad.newBuilder(idlePlaces).setLag(10).build())
                        .isBusy(PATIENCE))
                .isTrue();
    }

    @Test
    void shouldBeBusyWhenEveryPlaceIsTakenAndAFullRoundWaits() {
        WorkerLoad.Builder unmeasured = WorkerLoad.newBuilder(worker(0))
                .setServiceTimeMs(0)
                .setCapacity(2)
                .setInFlight(2);

        assertThat(load(START, unmeasured.setLag(1).build()).isBusy(PATIENCE)).isFalse();
        assertThat(load(START, unmeasured.setLag(2).build()).isBusy(PATIENCE)).isTrue();
        assertThat(load(START, unmeasured.setInFlight(1).build()).isBusy(PATIENCE))
                .isFalse();
    }

    private static HealerLoad load(Instant now, WorkerLoad... workers) {
        return new HealerLoad(List.of(workers), kind -> Optional.empty(), Settings.LOAD, now);
    }

    /** One place, half a minute a message. */
    private static WorkerLoad worker(long waiting) {
        return WorkerLoad.newBuilder()
                .setWorker("a")
                .setKind("patch-worker")
                .setInFlight(1)
                .setCapacity(1)
                .setLag(waiting)
                .setServiceTimeMs(30_000)
                .setAt(START)
                .build();
    }

    private static List<String> groups() {
        return IntStream.range(0, 2_000).mapToObj(i -> "v1:" + i).toList();
    }

    private static double share(HealerLoad load, Urgency urgency) {
        return groups().stream()
                        .filter(group ->
                                load.refusal(group, urgency, PATIENCE, START).isPresent())
                        .count()
                / (double) groups().size();
    }
}
