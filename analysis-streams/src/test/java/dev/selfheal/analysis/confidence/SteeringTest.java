package dev.selfheal.analysis.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.ProposerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteeringTest {

    private static final List<String> BOTH = List.of("template", "claude");

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Map<String, ProposerRecord> records = new HashMap<>();
    private final Steering steering = new Steering(key -> Optional.ofNullable(records.get(key)));

    @Test
    void shouldKeepThePolicysOrderWhileNothingIsKnown() {
        assertThat(steering.order(List.of("c", "a", "b"), "E")).containsExactly("c", "a", "b");
    }

    @Test
    void shouldAskTheBetterOneFirst() {
        know("template", "E", 10, 40);
        know("claude", "E", 40, 10);
        assertThat(steering.order(BOTH, "E")).containsExactly("claude", "template");
    }

    @Test
    void shouldGoByTheTypeOfErrorBeforeAllTypesTogether() {
        know("template", "*", 40, 10);
        know("claude", "*", 10, 40);
        know("template", "E", 10, 40);
        know("claude", "E", 40, 10);
        assertThat(steering.order(BOTH, "E")).containsExactly("claude", "template");
        assertThat(steering.order(BOTH, "Other")).containsExactly("template", "claude");
    }

    @Test
    void shouldTryOneThatIsHardlyKnownBeforeOneThatIsKnownToBeMiddling() {
        know("template", "E", 60, 40);
        assertThat(steering.order(BOTH, "E")).containsExactly("claude", "template");
    }

    @Test
    void shouldNeverAskAnybodyThePolicyDoesNotList() {
        know("claude", "E", 100, 1);
        assertThat(steering.order(List.of("template"), "E")).containsExactly("template");
    }

    /** Whoever comes first is asked, and learned of; the better one (0.8 against 0.4) must win without the other starving. */
    @Test
    void shouldFindTheBetterProposerAndGoOnTryingTheOther() {
        Random random = new Random(11);
        int better = 0;
        int other = 0;
        for (int i = 0; i < 1_000; i++) {
            String asked = steering.order(BOTH, "E").get(0);
            boolean right = random.nextDouble() < (asked.equals("claude") ? 0.8 : 0.4);
            learn(asked, right);
            better += asked.equals("claude") ? 1 : 0;
            other += asked.equals("claude") || i < 500 ? 0 : 1;
        }
        assertThat(better).isGreaterThan(800);
        assertThat(other).as("of the last 500").isPositive();
    }

    @Test
    void shouldNoticeThatAProposerHasChanged() {
        for (int i = 0; i < 300; i++) {
            learn("claude", true);
            learn("template", i % 2 == 0);
        }
        assertThat(steering.order(BOTH, "E").get(0)).isEqualTo("claude");
        for (int i = 0; i < 150; i++) {
            learn("claude", false);
        }
        assertThat(steering.order(BOTH, "E").get(0)).isEqualTo("template");
    }

    @Test
    void shouldForgetWithTheWeeksWhatIsKnownOfOneThatIsNotAsked() {
        know("template", "E", 80, 20);
        know("claude", "E", 2, 8);
        assertThat(steering.order(BOTH, "E").get(0)).isEqualTo("template");
        now = now.plus(Duration.ofDays(28));
        know("template", "E", 80, 20);
        assertThat(steering.order(BOTH, "E").get(0)).isEqualTo("claude");
    }

    private void learn(String proposer, boolean right) {
        now = now.plus(Duration.ofHours(1));
        String key = ProposerRecords.key(proposer, "E");
        ProposerRecord known = Optional.ofNullable(records.get(key))
                .orElseGet(() -> ProposerRecords.prior(proposer, "E", Optional.empty(), now));
        records.put(key, ProposerRecords.learned(known, Optional.empty(), right ? Kind.RIGHT : Kind.REFUTED, now));
    }

    private void know(String proposer, String type, double alpha, double beta) {
        records.put(
                ProposerRecords.key(proposer, type),
                ProposerRecord.newBuilder()
                        .setProposer(proposer)
                        .setErrorType(type)
                        .setAlpha(alpha)
                        .setBeta(beta)
                        .setUpdatedAt(now)
                        .build());
    }
}
