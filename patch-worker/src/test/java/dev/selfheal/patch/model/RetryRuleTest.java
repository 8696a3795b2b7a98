package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.patch.model.RetryRule.Progress;
import dev.selfheal.runtime.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(600);
    private static final ModelRequest REQUEST =
            ModelRequest.of("system", "question").withAtMost(1000);

    private final RetryRule rule =
            new RetryRule(new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(2)), Duration.ofSeconds(30));

    private NextStep next(ModelError error, Progress progress) {
        return rule.next(error, REQUEST, progress, NOW, DEADLINE, new Random(1));
    }

    private static ModelError limited(Duration retryAfter) {
        return new ModelError.RateLimited(Optional.of(retryAfter), "slow down");
    }

    private static ModelError malformed() {
        return new ModelError.Malformed(TokenUsage.NONE, "nonsense", "no edit block");
    }

    private static final ModelError TRUNCATED = new ModelError.Truncated(TokenUsage.NONE, "length");

    @Test
    void shouldJitterTheFirstPause() {
        Random random = new Random(3);
        ModelError reset = new ModelError.Network("reset");

        assertThat(Stream.generate(() -> rule.next(reset, REQUEST, Progress.START.called(), NOW, DEADLINE, random))
                        .limit(100))
                .extracting(step -> ((NextStep.Again) step).pause())
                .allMatch(pause -> pause.toMillis() >= 100 && pause.toMillis() <= 300)
                .satisfies(pauses -> assertThat(Set.copyOf(pauses)).hasSizeGreaterThan(50));
    }

    @Test
    void shouldPauseAtLeastRetryAfter() {
        assertThat(next(limited(Duration.ofSeconds(20)), Progress.START.called()))
                .isInstanceOfSatisfying(
                        NextStep.Again.class,
                        again -> assertThat(again.pause()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22)));
    }

    @Test
    void shouldGiveUpWhenRetryAfterExceedsPatience() {
        assertThat(next(limited(Duration.ofSeconds(31)), Progress.START.called()))
                .isInstanceOf(NextStep.GiveUp.class);
    }

    @Test
    void shouldGiveUpWhenPauseWouldOutlastTheDeadline() {
        NextStep step = rule.next(
                limited(Duration.ofSeconds(20)),
                REQUEST,
                Progress.START.called(),
                NOW,
                NOW.plusSeconds(20),
                new Random(1));

        assertThat(step).isInstanceOf(NextStep.GiveUp.class);
    }

    @Test
    void shouldGiveUpAfterTheLastAttempt() {
        assertThat(next(new ModelError.Network("reset"), new Progress(4, Duration.ZERO, false, false)))
                .isInstanceOf(NextStep.GiveUp.class);
    }

    @Test
    void shouldTellTheModelOnceWhatWasWrongWithItsReply() {
        NextStep step = next(malformed(), Progress.START.called());

        assertThat(step)
                .isInstanceOfSatisfying(
                        NextStep.Changed.class,
                        changed -> assertThat(changed.request().turns())
                                .extracting(Turn::text)
                                .satisfiesExactly(
                                        first -> assertThat(first).isEqualTo("question"),
                                        reply -> assertThat(reply).isEqualTo("nonsense"),
                                        complaint -> assertThat(complaint).contains("no edit block")));
        assertThat(next(malformed(), Progress.START.called().after(step, malformed())))
                .isInstanceOf(NextStep.GiveUp.class);
    }

    @Test
    void shouldDoubleTheTokenLimitOnce() {
        NextStep step = next(TRUNCATED, Progress.START.called());

        assertThat(step)
                .isInstanceOfSatisfying(
                        NextStep.Changed.class,
                        changed -> assertThat(changed.request().maxTokens()).isEqualTo(2000));
        assertThat(next(TRUNCATED, Progress.START.called().after(step, TRUNCATED)))
                .isInstanceOf(NextStep.GiveUp.class);
    }

    @Test
    void shouldStillRepairWhenTheLimitWasDoubledBefore() {
        Progress doubled = Progress.START.called().after(next(TRUNCATED, Progress.START.called()), TRUNCATED);

        assertThat(next(malformed(), doubled)).isInstanceOf(NextStep.Changed.class);
    }

    @Test
    void shouldNotRetryWhatCannotChange() {
        assertThat(next(new ModelError.AuthFailed("401"), Progress.START.called()))
                .isInstanceOf(NextStep.GiveUp.class);
        assertThat(next(new ModelError.OutOfCredit("402"), Progress.START.called()))
                .isInstanceOf(NextStep.GiveUp.class);
        assertThat(next(new ModelError.BadRequest("400"), Progress.START.called()))
                .isInstanceOf(NextStep.GiveUp.class);
        assertThat(next(new ModelError.Refused(TokenUsage.NONE, "no"), Progress.START.called()))
                .isInstanceOf(NextStep.GiveUp.class);
    }
}
