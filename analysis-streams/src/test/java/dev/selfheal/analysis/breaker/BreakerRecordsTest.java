package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerRecordsTest {

    private static final ScopeKey SHOP = ScopeKey.service("shop");

    @Test
    void shouldComeBackFromTheRecordAsItWas() {
        List<Breaker> positions = List.of(
                new Closed(START, 2, new Tally(3, 1, 0.02)),
                new Open(START, 3, START.plusSeconds(9), new Tally(1, 9, -0.01)),
                new HalfOpen(START, 3, START.plusSeconds(9), 1));
        for (Breaker position : positions) {
            ScopeBreaker breaker = new ScopeBreaker(position, Optional.of(START.plusSeconds(60)), List.of(0, 5));
            assertThat(BreakerRecords.read(write(breaker))).isEqualTo(breaker);
        }
    }

    @Test
    void shouldPublishShareSlopeAndMode() {
        BreakerState state =
                write(new ScopeBreaker(new Closed(START, 0, new Tally(3, 1, 0.02)), Optional.empty(), List.of()));

        assertThat(state.getFailureRate()).isEqualTo(0.25);
        assertThat(state.getSlope()).isEqualTo(0.02);
        assertThat(state.getMode()).isEqualTo(HealingMode.TEMPLATES_ONLY);
    }

    @Test
    void shouldTakeAnUnknownPositionForAnOpenBreaker() {
        assertThat(BreakerRecords.read(BreakerRecords.unreadable(SHOP)).position())
                .isInstanceOf(Open.class);
    }

    private static BreakerState write(ScopeBreaker breaker) {
        return BreakerRecords.write(SHOP, breaker, Settings.PLAIN, START);
    }
}
