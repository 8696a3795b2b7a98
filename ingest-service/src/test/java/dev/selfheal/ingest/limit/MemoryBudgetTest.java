package dev.selfheal.ingest.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.ingest.limit.MemoryBudget.Claim;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    void shouldGiveAllThatThereIsAndNotOneByteMore() {
        Claim first = budget.claim();
        Claim second = budget.claim();

        assertThat(first.take(60)).isTrue();
        assertThat(second.take(41)).isFalse();
        assertThat(second.take(40)).isTrue();
        assertThat(first.take(1)).isFalse();
        assertThat(budget.held()).isEqualTo(100);
    }

    @Test
    void shouldTakeNothingWhenThereIsNotEnough() {
        assertThat(budget.claim().take(101)).isFalse();
        assertThat(budget.claim().take(Long.MAX_VALUE)).isFalse();
        assertThat(budget.held()).isZero();
    }

    @Test
    void shouldHaveEverythingBackWhenAClaimIsClosed() {
        Claim claim = budget.claim();
        claim.take(30);
        claim.take(50);
        claim.close();

        assertThat(budget.held()).isZero();
        assertThat(budget.claim().take(100)).isTrue();
    }

    @Test
    void shouldGiveBackOnceWhenAClaimIsClosedTwice() {
        budget.claim().take(10);
        Claim claim = budget.claim();
        claim.take(50);
        claim.close();
        claim.close();
        claim.giveBack(50);

        assertThat(budget.held()).isEqualTo(10);
    }

    @Test
    void shouldGiveNothingToAClaimThatIsClosed() {
        Claim claim = budget.claim();
        claim.close();

        assertThat(claim.take(1)).isFalse();
        assertThat(budget.held()).isZero();
    }

    @Test
    void shouldGiveBackAPart() {
        Claim claim = budget.claim();
        claim.take(60);
        claim.giveBack(20);

        assertThat(budget.held()).isEqualTo(40);
        assertThatIllegalArgumentException().isThrownBy(() -> claim.giveBack(41));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void shouldRefuseALimitThatTakesNothingIn(long limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryBudget(limit));
    }

    @Test
    void shouldNeverBeOverdrawnWhenManyTakeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> most = this::mostHeld;
            for (Future<Long> held :
                    threads.invokeAll(Stream.generate(() -> most).limit(4).toList())) {
                assertThat(held.get()).isLessThanOrEqualTo(100);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(budget.held()).isZero();
    }

    private long mostHeld() {
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            try (Claim claim = budget.claim()) {
                claim.take(i % 70);
                most = Math.max(most, budget.held());
            }
        }
        return most;
    }
}
