package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteCountsTest {

    private static final int MINUTES = 60;
    private static final int STEPS = 2_000;

    private final MinuteCountsSerde serde = new MinuteCountsSerde();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCountAsAMapDoesWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        NavigableMap<Long, Long> expected = new TreeMap<>();
        MinuteCounts counts = MinuteCounts.EMPTY;
        long now = 0;
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(8) == 0 ? random.nextInt(3) : 0;
            long minute = random.nextInt(4) == 0 ? now - random.nextInt(MINUTES) : now;
            counts = counts.plus(minute);
            expected.merge(minute, 1L, Long::sum);
            if (random.nextInt(50) == 0) {
                counts = counts.since(now - MINUTES);
                expected.headMap(now - MINUTES).clear();
            }
            assertThat(counts.size()).isEqualTo(expected.size());
            assertThat(counts.at(minute)).isEqualTo(expected.get(minute));
            assertThat(counts.last(now, 7)).isEqualTo(sum(expected.subMap(now - 6, true, now, true)));
        }
        assertThat(asMap(counts)).isEqualTo(expected);
        assertThat(asMap(counts.between(now - 20, now)))
                .isEqualTo(new TreeMap<>(expected.subMap(now - 20, true, now, false)));
    }

    @Test
    void shouldBeEqualHoweverItCameAbout() {
        MinuteCounts oneByOne = MinuteCounts.EMPTY;
        for (long minute = 0; minute < MINUTES; minute++) {
            oneByOne = oneByOne.plus(minute);
        }
        MinuteCounts backwards = MinuteCounts.EMPTY;
        for (long minute = MINUTES - 1; minute >= 0; minute--) {
            backwards = backwards.plus(minute);
        }

        assertThat(oneByOne).isEqualTo(backwards).hasSameHashCodeAs(backwards).hasToString(backwards.toString());
        assertThat(oneByOne.plus(3)).isNotEqualTo(backwards);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 10, 100})
    void shouldBeReadAsItWasWrittenWhenWrittenTwice(int minutes) {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (long minute = 0; minute < minutes; minute++) {
            counts = counts.plus(29_000_000 + 3 * minute, 1 + minute);
        }
        byte[] first = serde.serializer().serialize("t", counts);
        byte[] second = serde.serializer().serialize("t", counts);

        assertThat(List.of(first, second))
                .allSatisfy(bytes ->
                        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(asWritten(minutes)));
    }

    @Test
    void shouldBeWrittenAnewWhenItsPastIsCutOff() {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (long minute = 0; minute < MINUTES; minute++) {
            counts = counts.plus(minute);
            serde.serializer().serialize("t", counts);
        }
        MinuteCounts cut = counts.since(MINUTES - 1);

        byte[] bytes = serde.serializer().serialize("t", cut);

        assertThat(asMap(serde.deserializer().deserialize("t", bytes))).isEqualTo(new TreeMap<>(Map.of(59L, 1L)));
    }

    private static MinuteCounts asWritten(int minutes) {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (long minute = minutes - 1L; minute >= 0; minute--) {
            counts = counts.plus(29_000_000 + 3 * minute, 1 + minute);
        }
        return counts;
    }

    private static long sum(NavigableMap<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static NavigableMap<Long, Long> asMap(MinuteCounts counts) {
        NavigableMap<Long, Long> map = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            map.put(counts.minute(i), counts.count(i));
        }
        return map;
    }
}
