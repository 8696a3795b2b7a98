package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

    private final Map<ScopeKey, BreakerState> states = new HashMap<>();
    private final Gate gate = new Gate(scope -> Optional.ofNullable(states.get(scope)));

    @Test
    void shouldGrantWhenNothingIsKnown() {
        assertThat(ask(1, START)).isEqualTo(Permission.GRANTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "SERVICE", "GROUP"})
    void shouldRefuseWhenAnyScopeIsOpenUntilItsProbe(BreakerScope scope) {
        ScopeKey key = ScopeKey.of(Samples.GROUP, Samples.SERVICE).stream()
                .filter(candidate -> candidate.scope() == scope)
                .findFirst()
                .orElseThrow();
        Instant probeAt = START.plus(Duration.ofMinutes(15));
        states.put(key, BreakerRecords.write(scope, key.name(), new Open(START, 1, probeAt, 0, 9)));

        assertThat(ask(1, probeAt.minusMillis(1)))
                .isInstanceOfSatisfying(
                        Permission.Refused.class,
                        refused -> assertThat(refused.scope()).isEqualTo(key));
        assertThat(ask(1, probeAt)).isEqualTo(Permission.GRANTED);
    }

    @Test
    void shouldNameTheWidestRefusal() {
        for (ScopeKey key : ScopeKey.of(Samples.GROUP, Samples.SERVICE)) {
            states.put(
                    key, BreakerRecords.write(key.scope(), key.name(), new Open(START, 1, START.plusSeconds(9), 0, 9)));
        }
        assertThat(ask(1, START))
                .isInstanceOfSatisfying(
                        Permission.Refused.class,
                        refused ->
                                assertThat(refused.reason()).startsWith("breaker of the whole system is OPEN until"));
    }

    @Test
    void shouldRefuseWhenBudgetIsUsedUpAndGrantTheNextDay() {
        DailyBudget budget = DailyBudget.initial(START).spend(START).spend(START);
        states.put(ScopeKey.budget(Samples.SERVICE), BreakerRecords.writeBudget(Samples.SERVICE, budget, 2));

        assertThat(ask(3, START)).isEqualTo(Permission.GRANTED);
        assertThat(ask(2, START)).isInstanceOf(Permission.Refused.class);
        assertThat(ask(2, budget.nextDay().minusMillis(1))).isInstanceOf(Permission.Refused.class);
        assertThat(ask(2, budget.nextDay())).isEqualTo(Permission.GRANTED);
    }

    private Permission ask(int requestsPerDay, Instant now) {
        return gate.ask(Samples.error("e", now).build(), requestsPerDay, now);
    }
}
