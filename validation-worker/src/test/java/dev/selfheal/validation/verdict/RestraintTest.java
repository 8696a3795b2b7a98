package dev.selfheal.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.confidence.Confidence;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestraintTest {

    private static final Judgement APPROVED =
            new Judgement(new Decision.Approved("proven"), Optional.empty(), new Confidence(0.9, 0.9, Map.of()), List.of());

    private final Map<String, BreakerState> breakers = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Restraint restraint =
            new Restraint(key -> Optional.ofNullable(breakers.get(key)), key -> !unreadable.contains(key));

    @Test
    void shouldApproveWhenNoBreakerIsKnown() {
        assertThat(judge(HealingMode.FULL)).isEqualTo(APPROVED);
    }

    @ParameterizedTest
    @CsvSource({"FULL, true", "TEMPLATES_ONLY, true", "REVIEW_ONLY, false", "OBSERVE_ONLY, false"})
    void shouldNotApproveWhatWasAskedForInAStricterMode(HealingMode mode, boolean approved) {
        assertThat(judge(mode).decision() instanceof Decision.Approved).isEqualTo(approved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SYSTEM:*",
                "SEVERITY:UNKNOWN",
                "SERVICE:shop",
                "ERROR_TYPE:java.lang.NullPointerException",
                "GROUP:v1:00000000000000000000000000000001"
            })
    void shouldNotTrustTheProposalForALooserModeThanAnyBreakerHas(String key) {
        know(key, BreakerPosition.CLOSED, HealingMode.TEMPLATES_ONLY);
        assertThat(judge(HealingMode.FULL)).isEqualTo(APPROVED);

        know(key, BreakerPosition.HALF_OPEN, HealingMode.REVIEW_ONLY);
        assertThat(judge(HealingMode.FULL).decision())
                .isEqualTo(new Decision.NeedsReview(
                        "it is proven, but the breaker " + key + " is HALF_OPEN, mode REVIEW_ONLY: probing"));
    }

    @Test
    void shouldNotApproveWhenAPositionIsUnknown() {
        know("SYSTEM:*", BreakerPosition.UNKNOWN, HealingMode.FULL);

        assertThat(judge(HealingMode.FULL).decision()).isInstanceOf(Decision.NeedsReview.class);
    }

    @Test
    void shouldNotApproveWhenABreakerCannotBeRead() {
        unreadable.add("SERVICE:shop");

        assertThat(judge(HealingMode.FULL).decision())
                .isEqualTo(new Decision.NeedsReview("it is proven, but the breaker SERVICE:shop cannot be read"));
    }

    @Test
    void shouldNotCareAboutOtherServices() {
        know("SERVICE:other", BreakerPosition.OPEN, HealingMode.OBSERVE_ONLY);

        assertThat(judge(HealingMode.FULL)).isEqualTo(APPROVED);
    }

    @Test
    void shouldLeaveOtherDecisionsAsTheyAre() {
        know("SYSTEM:*", BreakerPosition.OPEN, HealingMode.OBSERVE_ONLY);
        Judgement rejected = Judgement.rejectedOutright("wrong");

        assertThat(restraint.on(proposal(HealingMode.FULL), rejected)).isSameAs(rejected);
    }

    private Judgement judge(HealingMode mode) {
        return restraint.on(proposal(mode), APPROVED);
    }

    private void know(String key, BreakerPosition position, HealingMode mode) {
        int colon = key.indexOf(':');
        breakers.put(
                key,
                BreakerState.newBuilder()
                        .setScope(BreakerScope.valueOf(key.substring(0, colon)))
                        .setName(key.substring(colon + 1))
                        .setPosition(position)
                        .setSince(Instant.EPOCH)
                        .setMode(mode)
                        .setReason("probing")
                        .build());
    }

    private static PatchProposal proposal(HealingMode mode) {
        return PatchProposal.newBuilder(Proposals.proposal("p", "c", Proposals.reproducible()))
                .setMode(mode)
                .build();
    }
}
