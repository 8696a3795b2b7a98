package dev.selfheal.analysis.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ReviewDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class HealingManualTest {

    private static final int STORIES = 1500;
    private static final int MOST_STEPS = 60;

    /** Only while a forecast is waiting to come true; no story has one. */
    private static final Set<CaseState> NOTED_BY_FORECAST =
            EnumSet.of(CaseState.REQUESTED, CaseState.PROPOSED, CaseState.IN_REVIEW, CaseState.APPROVED);

    @Test
    void shouldListExactlyTheWaysThatAreGone() {
        Map<CaseState, Set<CaseState>> gone = new EnumMap<>(CaseState.class);
        for (long seed = 1; seed <= STORIES; seed++) {
            Chaos chaos = new Chaos();
            Chaos.steps(seed, MOST_STEPS).forEach(chaos::happen);
            chaos.story().changes().stream()
                    .flatMap(changed -> changed.getHistory().stream())
                    .forEach(step -> add(gone, step));
        }
        NOTED_BY_FORECAST.forEach(state -> gone.get(state).add(state));

        assertThat(HealingManual.ways()).isEqualTo(gone);
    }

    @Test
    void shouldShowDecisionsThatCanBeRead() throws IOException {
        List<Decision> shown = new ArrayList<>();
        for (String example : HealingManual.examples()) {
            ReviewDecision decision = new SpecificDatumReader<ReviewDecision>(ReviewDecision.getClassSchema())
                    .read(null, DecoderFactory.get().jsonDecoder(ReviewDecision.getClassSchema(), example));
            shown.add(decision.getDecision());
        }
        assertThat(shown).containsExactly(Decision.REJECT);
    }

    private static void add(Map<CaseState, Set<CaseState>> gone, CaseTransition step) {
        gone.computeIfAbsent(step.getFrom(), from -> EnumSet.noneOf(CaseState.class))
                .add(step.getTo());
    }
}
