package dev.selfheal.analysis.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdTableTest {

    @Test
    void shouldHoldWhatASetHolds() {
        IdTable table = new IdTable();
        Set<Long> set = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            long half = random.nextLong(1, 40_000); // neighbours and repetitions
            assertThat(table.contains(half, half)).isEqualTo(set.contains(half));
            if (set.add(half)) {
                table.add(half, half);
            }
        }
        assertThat(table.size()).isEqualTo(set.size());
    }

    @Test
    void shouldTellDigestsApartByEitherHalf() {
        IdTable table = new IdTable();
        table.add(1, 2);
        table.add(0, 3);
        table.add(3, 0);

        assertThat(table.contains(1, 2)).isTrue();
        assertThat(table.contains(0, 3)).isTrue();
        assertThat(table.contains(3, 0)).isTrue();
        assertThat(table.contains(2, 2)).isFalse();
        assertThat(table.contains(1, 3)).isFalse();
    }
}
