package dev.selfheal.analysis.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamClockTest {

    private final StreamClock clock = new StreamClock();

    @Test
    void shouldNotRunBeforeTheFirstRecord() {
        clock.observe(-1, 5000);

        assertThat(clock.isRunning()).isFalse();
    }

    @Test
    void shouldGoOnWithWallTimeWhileNoRecordComes() {
        clock.observe(1000, 50_000);
        clock.observe(1000, 57_000);

        assertThat(clock.now(58_000)).isEqualTo(Instant.ofEpochMilli(9000));
        assertThat(clock.streamTime()).isEqualTo(Instant.ofEpochMilli(1000));
    }

    @Test
    void shouldFollowTheStreamDuringAReplay() {
        clock.observe(1000, 50_000);
        clock.observe(9_000_000, 50_100);

        assertThat(clock.now(50_100)).isEqualTo(Instant.ofEpochMilli(9_000_000));
    }

    @Test
    void shouldNotGoBackWhenWallClockIsSetBack() {
        clock.observe(1000, 50_000);

        assertThat(clock.now(40_000)).isEqualTo(Instant.ofEpochMilli(1000));
    }
}
