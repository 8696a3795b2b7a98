package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.BudgetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BudgetLagTest {

    private static final int LIMIT = 20;
    private static final int PARTITIONS = 4;
    private static final Duration LAG = Duration.ofMillis(500);

    private final BudgetPolicy policy =
            Samples.budget().setRequestsPerDay(LIMIT).build();

    /** Errors at random times; the table learns of each request only after the lag. */
    @Test
    void shouldKeepToTheBudgetWhereOnePartitionSends() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(play(seed, 1, LAG)).as("seed %d", seed).isEqualTo(LIMIT);
        }
    }

    @Test
    void shouldUseTheWholeBudgetAndNotMuchMoreWhereSeveralSend() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(play(seed, PARTITIONS, LAG)).as("seed %d", seed).isBetween(LIMIT, LIMIT + PARTITIONS);
        }
    }

    @Test
    void shouldExceedTheBudgetByLessThanOneEachWhileTheTableStandsStill() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(play(seed, PARTITIONS, Duration.ofDays(1)))
                    .as("seed %d", seed)
                    .isBetween(LIMIT, LIMIT + PARTITIONS - 1);
        }
    }

    /** Requests sent of 400 errors. */
    private int play(int seed, int partitions, Duration lag) {
        FakeReadings[] readings = new FakeReadings[partitions];
        DailyBudget[] here = new DailyBudget[partitions];
        for (int i = 0; i < partitions; i++) {
            readings[i] = new FakeReadings();
            here[i] = DailyBudget.initial(START);
        }
        SplittableRandom random = new SplittableRandom(seed);
        Deque<Sent> unknown = new ArrayDeque<>();
        ServiceBudget budget = ServiceBudget.initial(START);
        Instant now = START;
        int sent = 0;
        for (int i = 0; i < 400; i++) {
            now = now.plusMillis(random.nextInt(300));
            while (!unknown.isEmpty() && !unknown.peek().at().plus(lag).isAfter(now)) {
                budget = budget.spend(
                        unknown.peek().partition(), unknown.remove().at());
            }
            int partition = random.nextInt(partitions);
            BreakerState published = BreakerRecords.writeBudget(Samples.SERVICE, budget, LIMIT);
            readings[partition].state(ScopeKey.budget(Samples.SERVICE), published);
            readings[partition].sent(Samples.SERVICE, here[partition]);
            Gate gate = new Gate(readings[partition], Settings.gate(partitions), partition);
            if (ask(gate, "v1:" + i, now) instanceof Permission.Granted) {
                here[partition] = here[partition].spend(now);
                unknown.add(new Sent(partition, now));
                sent++;
            }
        }
        return sent;
    }

    private Permission ask(Gate gate, String group, Instant now) {
        Subject subject = Subject.of(Samples.error("e", now).setGroup(group).build());
        return gate.ask(subject, Urgency.NORMAL, policy, now);
    }

    private record Sent(int partition, Instant at) {}
}
