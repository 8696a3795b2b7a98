package dev.selfheal.analysis.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeMemoryTest {

    @Test
    void shouldForgetTheOldestTruthBeyondItsCapacity() {
        OutcomeMemory memory = new OutcomeMemory(List.of(), 3);
        for (int i = 1; i <= 4; i++) {
            memory = memory.learned(Outcomes.of(i, Kind.RIGHT));
        }
        assertThat(memory.scored()).extracting(CaseOutcome::caseId).containsExactly("case-2", "case-3", "case-4");
    }

    @Test
    void shouldNotForgetTruthsForRefutedProposals() {
        OutcomeMemory memory = new OutcomeMemory(List.of(), 3).learned(Outcomes.of(0, Kind.WRONG));
        for (int i = 1; i <= 100; i++) {
            memory = memory.learned(Outcomes.of(i, i % 2 == 0 ? Kind.REFUTED : Kind.PROVEN));
        }
        assertThat(memory.scored()).hasSize(1);
        assertThat(memory.outcomes()).as("however many come").hasSize(4);
    }

    @Test
    void shouldLetALaterWordOnTheSamePatchTakeTheEarlierOnesPlace() {
        OutcomeMemory memory = new OutcomeMemory(List.of(), 3)
                .learned(Outcomes.of(1, Kind.PROVEN))
                .learned(Outcomes.of(1, Kind.RIGHT))
                .learned(Outcomes.of(1, Kind.WRONG));
        assertThat(memory.outcomes()).singleElement().extracting(CaseOutcome::kind).isEqualTo(Kind.WRONG);
        assertThat(memory.of(Outcomes.of(1, Kind.RIGHT))).isPresent();
        assertThat(memory.of(Outcomes.of(2, Kind.RIGHT))).isEmpty();
    }

    @Test
    void shouldSurviveBeingStored() {
        CaseOutcomeSerde serde = new CaseOutcomeSerde();
        List<CaseOutcome> outcomes = List.of(
                Outcomes.scored(1, 0.25, 0.5, true),
                new CaseOutcome("c", 3, "claude", "", 0, 0, Kind.REFUTED));
        byte[] bytes = serde.serializer().serialize("t", outcomes);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(outcomes);
    }
}
