package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.BudgetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BudgetLagTest {

    private static final int LIMIT = 20;
    private static final Duration LAG = Duration.ofMillis(500);

    private final FakeReadings readings = new FakeReadings();
    private final Gate gate = new Gate(readings, Settings.gate(1), 0);
    private final BudgetPolicy policy =
            Samples.budget().setRequestsPerDay(LIMIT).build();

    /** Errors at random times; the table learns of each request only after the lag. */
    @Test
    void shouldExceedTheBudgetByNoMoreThanWhatGoesOutWithinTheLag() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Deque<Instant> unknown = new ArrayDeque<>();
            DailyBudget budget = DailyBudget.initial(START);
            publish(budget);
            Instant now = START;
            int sent = 0;
            int mostUnknown = 0;
            for (int i = 0; i < 200; i++) {
                now = now.plusMillis(random.nextInt(300));
                while (!unknown.isEmpty() && !unknown.peek().plus(LAG).isAfter(now)) {
                    budget = budget.spend(unknown.remove());
                    publish(budget);
                }
                if (ask("v1:" + i, now) instanceof Permission.Granted) {
                    mostUnknown = Math.max(mostUnknown, unknown.size());
                    unknown.add(now);
                    sent++;
                }
            }
            assertThat(sent).as("seed %d", seed).isBetween(LIMIT, LIMIT + mostUnknown);
        }
    }

    private Permission ask(String group, Instant now) {
        Subject subject = Subject.of(Samples.error("e", now).setGroup(group).build());
        return gate.ask(subject, Urgency.NORMAL, policy, now);
    }

    private void publish(DailyBudget budget) {
        ScopeKey scope = ScopeKey.budget(Samples.SERVICE);
        readings.state(scope, BreakerRecords.writeBudget(Samples.SERVICE, budget, LIMIT));
    }
}
