package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActivityTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10); // nanoTime may overflow
    private final Activity activity = new Activity(now::get);

    @Test
    void shouldBeQuietWhenNothingHasRunYet() {
        assertThat(activity.isQuiet()).isTrue();
    }

    @Test
    void shouldNotBeQuietWhileAnythingRuns() {
        activity.begin();
        activity.begin();
        activity.end();
        now.addAndGet(10 * Activity.QUIET.toNanos());

        assertThat(activity.isQuiet()).isFalse();
    }

    @Test
    void shouldBeQuietAWhileAfterTheLastEndAndNotSooner() {
        activity.begin();
        activity.end();

        now.addAndGet(Activity.QUIET.toNanos() - 1);
        assertThat(activity.isQuiet()).isFalse();
        now.incrementAndGet();
        assertThat(activity.isQuiet()).isTrue();
    }

    @Test
    void shouldTellEveryPoolOfEachEnd() {
        AtomicInteger told = new AtomicInteger();
        activity.afterEnd(told::incrementAndGet);
        activity.afterEnd(told::incrementAndGet);

        activity.begin();
        activity.end();

        assertThat(told).hasValue(2);
    }
}
