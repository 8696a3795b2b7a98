package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.breaker.Settings.PACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTurnsTest {

    private static final int PARTITIONS = 8;
    /** Start of the turn of the first partition. */
    private static final Instant TURN = Instant.EPOCH.plus(PACE.multipliedBy(2L * PARTITIONS * 1_000_000));

    @Test
    void shouldOwnTheFirstHalfOfItsTurnAlone() {
        List<Integer> both = List.of(0, 1);

        assertThat(at(TURN.minusMillis(1), both)).isEmpty();
        assertThat(at(TURN, both)).containsExactly(0);
        assertThat(at(TURN.plus(PACE).minusMillis(1), both)).containsExactly(0);
        assertThat(at(TURN.plus(PACE), both)).isEmpty();
        assertThat(at(TURN.plus(PACE.multipliedBy(2)), both)).containsExactly(1);
    }

    @Test
    void shouldNotProbeTwiceWithinThePace() {
        ProbeTurns turns = new ProbeTurns(3, PARTITIONS, PACE);

        assertThat(turns.isMine(List.of(3), Optional.of(TURN), TURN.plus(PACE).minusMillis(1)))
                .isFalse();
        assertThat(turns.isMine(List.of(3), Optional.of(TURN), TURN.plus(PACE))).isTrue();
    }

    @Test
    void shouldWaitForNoTurnWhenThereIsNoOther() {
        assertThat(at(TURN.plus(PACE), List.of(5))).containsExactly(5);
    }

    @Test
    void shouldShareAmongAllWhenNobodyIsListed() {
        Set<Integer> owners = new HashSet<>();
        for (int turn = 0; turn < PARTITIONS; turn++) {
            owners.addAll(at(TURN.plus(PACE.multipliedBy(2L * turn)), List.of()));
        }
        assertThat(owners).hasSize(PARTITIONS);
    }

    @Test
    void shouldAlwaysGrantWhenThereIsNoPace() {
        assertThat(new ProbeTurns(1, PARTITIONS, Duration.ZERO).isMine(List.of(0), Optional.of(TURN), TURN))
                .isTrue();
    }

    /** Partitions ask at random times, none knows of another's probes. */
    @Test
    void shouldNeverLetTwoProbesOutWithinThePaceWhoeverAsks() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Integer> listed = someOf(random);
            Map<Integer, Instant> last = new HashMap<>();
            Instant newest = Instant.EPOCH;
            Instant now = TURN;
            int probes = 0;
            for (int i = 0; i < 2_000; i++) {
                now = now.plusMillis(random.nextLong(PACE.toMillis() / 4));
                int partition = listed.get(random.nextInt(listed.size()));
                ProbeTurns turns = new ProbeTurns(partition, PARTITIONS, PACE);
                if (turns.isMine(listed, Optional.ofNullable(last.get(partition)), now)) {
                    assertThat(Duration.between(newest, now))
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(PACE);
                    newest = now;
                    last.put(partition, now);
                    probes++;
                }
            }
            assertThat(probes).as("seed %d", seed).isPositive();
        }
    }

    /** A request has to pass a wide and a narrow breaker, both probing: every partition of the narrow one gets a turn. */
    @Test
    void shouldFindATurnForEveryPartitionThatHasToPassTwoScopes() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Integer> wide = someOf(random);
            List<Integer> narrow =
                    wide.stream().filter(p -> random.nextBoolean()).toList();
            Set<Integer> served = new TreeSet<>();
            for (int turn = 0; turn < PARTITIONS; turn++) {
                Instant now = TURN.plus(PACE.multipliedBy(2L * turn));
                Set<Integer> both = new TreeSet<>(at(now, wide));
                both.retainAll(at(now, narrow));
                served.addAll(both);
            }
            assertThat(served).as("seed %d", seed).containsAll(narrow);
        }
    }

    private static List<Integer> at(Instant now, List<Integer> listed) {
        return IntStream.range(0, PARTITIONS)
                .filter(partition -> !listed.isEmpty() && !listed.contains(partition)
                        ? false
                        : new ProbeTurns(partition, PARTITIONS, PACE).isMine(listed, Optional.empty(), now))
                .boxed()
                .toList();
    }

    private static List<Integer> someOf(SplittableRandom random) {
        Set<Integer> some = new TreeSet<>();
        int size = 1 + random.nextInt(PARTITIONS);
        while (some.size() < size) {
            some.add(random.nextInt(PARTITIONS));
        }
        return List.copyOf(some);
    }
}
