package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.TrendState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class GroupTrendSerdeTest {

    private static final List<TrendState> STATES = List.of(TrendState.values());

    private final GroupTrendSerde serde = new GroupTrendSerde();

    @Test
    void shouldComeBackAsItWasWhateverItIs() {
        for (int seed = 0; seed < 500; seed++) {
            GroupTrend trend = any(new Random(seed));
            assertThat(read(write(trend))).isEqualTo(trend);
        }
    }

    @Test
    void shouldKeepABusyDayInFewBytes() {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (int minute = 0; minute < GroupTrends.HISTORY_MINUTES; minute++) {
            counts = counts.plus(29_000_000L + minute, 1 + minute % 50);
        }
        assertThat(write(with(counts, any(new Random(1))))).hasSizeLessThan(200 + 3 * GroupTrends.HISTORY_MINUTES);
    }

    @Test
    void shouldRefuseAnotherVersionByName() {
        byte[] bytes = write(any(new Random(1)));
        bytes[0] = 1;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage("trend state has version 1, this release reads 3");
    }

    @Test
    void shouldRefuseBytesThatEndTooSoon() {
        byte[] bytes = write(any(new Random(1)));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void shouldPassTombstones() {
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    private byte[] write(GroupTrend trend) {
        return serde.serializer().serialize("t", trend);
    }

    private GroupTrend read(byte[] bytes) {
        return serde.deserializer().deserialize("t", bytes);
    }

    private static GroupTrend with(MinuteCounts counts, GroupTrend trend) {
        return trend.closed(trend.openMinute(), counts, trend.level());
    }

    private static GroupTrend any(Random random) {
        MinuteCounts counts = MinuteCounts.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            counts = counts.plus(random.nextInt(100_000_000), 1 + random.nextInt(1_000_000));
        }
        return new GroupTrend(
                "shop",
                new Releases(text(random), instant(random), text(random), random.nextDouble()),
                instant(random),
                instant(random),
                random.nextLong() >>> 1,
                random.nextInt(),
                random.nextInt(),
                counts,
                new TrendLevel(
                        random.nextInt(500),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextInt(120),
                        random.nextDouble(),
                        random.nextGaussian(),
                        random.nextInt(512)),
                STATES.get(random.nextInt(STATES.size())),
                instant(random));
    }

    private static Optional<String> text(Random random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of("1." + random.nextInt(100));
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochMilli(random.nextLong() >> 20);
    }
}
