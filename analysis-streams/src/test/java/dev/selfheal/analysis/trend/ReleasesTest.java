package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleasesTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Optional<String> OLD = Optional.of("1.0");
    private static final Optional<String> NEW = Optional.of("1.1");

    private final Releases old = Releases.NONE.seen(OLD, START);
    private final Releases rolledOut = old.replaced(NEW, START.plusSeconds(60), 2.5);

    @Test
    void shouldTakeTheFirstReleaseWithoutStartingAnew() {
        assertThat(Releases.NONE.isReplacedBy(OLD, START)).isFalse();
        assertThat(old.current()).isEqualTo(OLD);
        assertThat(old.previousBaseline()).isZero();
    }

    @Test
    void shouldStartAnewOnlyAfterTheNewestErrorOfTheOldRelease() {
        assertThat(old.isReplacedBy(NEW, START)).isFalse();
        assertThat(old.isReplacedBy(NEW, START.plusMillis(1))).isTrue();
    }

    @Test
    void shouldNotStartAnewForTheSameReleaseOrNone() {
        assertThat(old.isReplacedBy(OLD, START.plusSeconds(1))).isFalse();
        assertThat(old.isReplacedBy(Optional.empty(), START.plusSeconds(1))).isFalse();
        assertThat(old.seen(Optional.empty(), START.plusSeconds(1))).isEqualTo(old);
    }

    @Test
    void shouldKeepTheBaselineOfTheReleaseBefore() {
        assertThat(rolledOut.previous()).isEqualTo(OLD);
        assertThat(rolledOut.previousBaseline()).isEqualTo(2.5);
    }

    @Test
    void shouldNotFlipBackWhileBothReleasesSendErrors() {
        Releases releases = rolledOut;
        for (int i = 1; i < 200; i++) {
            Instant at = rolledOut.seenAt().plusSeconds(60L * i);
            assertThat(releases.isReplacedBy(OLD, at)).isFalse();
            releases = releases.seen(OLD, at).seen(NEW, at.plusSeconds(1));
        }
        assertThat(releases.current()).isEqualTo(NEW);
    }

    @Test
    void shouldTakeTheOldReleaseBackWhenTheNewOneHasBeenSilent() {
        Instant limit = rolledOut.seenAt().plus(Releases.OVERLAP);

        assertThat(rolledOut.isReplacedBy(OLD, limit.minusMillis(1))).isFalse();
        assertThat(rolledOut.isReplacedBy(OLD, limit)).isTrue();
    }

    @Test
    void shouldRememberTheNewestErrorOfTheRelease() {
        assertThat(old.seen(OLD, START.minusSeconds(5)).seenAt()).isEqualTo(START);
        assertThat(old.seen(OLD, START.plusSeconds(5)).seenAt()).isEqualTo(START.plusSeconds(5));
    }
}
