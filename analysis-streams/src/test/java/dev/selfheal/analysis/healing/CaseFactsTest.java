package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.Lane;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.PatchedLines;
import dev.selfheal.event.Severity;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.VerdictKind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseFactsTest {

    private static final List<FileEdit> EDITS = List.of(
            edit("Cart.java", hunk(10, 1, 3), hunk(20, 2, 0), hunk(30, 1, 1)), edit("Order.java", hunk(5, 0, 2)));

    @Test
    void shouldPlaceNewLinesWhereTheyStandInThePatchedFile() {
        assertThat(CaseFacts.patchedLines(EDITS))
                .containsExactly(
                        new PatchedLines("Cart.java", 10, 12),
                        new PatchedLines("Cart.java", 22, 21),
                        new PatchedLines("Cart.java", 30, 30),
                        new PatchedLines("Order.java", 5, 6));
        assertThat(CaseFacts.changedLines(EDITS)).isEqualTo(10);
    }

    @Test
    void shouldKeepWhatTheVerdictSaysOfThePatch() {
        CaseStory story = CaseStory.requested();
        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.APPROVED, START)
                .setCandidate(CandidatePatch.newBuilder(Samples.candidate("patch-1"))
                        .setEdits(EDITS)
                        .build())
                .setDiffSha256("abc")
                .setProvider("claude")
                .setConfidence(0.8)
                .setRawConfidence(0.9)
                .build()));

        assertThat(story.present().getPatchId()).isEqualTo("patch-1");
        assertThat(story.present().getDiffSha256()).isEqualTo("abc");
        assertThat(story.present().getProvider()).isEqualTo("claude");
        assertThat(story.present().getChangedLines()).isEqualTo(10);
        assertThat(story.present().getPatched()).hasSize(4);
        assertThat(story.present().getConfidence()).isEqualTo(0.8);
        assertThat(story.present().getRawConfidence()).isEqualTo(0.9);
    }

    @Test
    void shouldSumTheCostOfAllAttemptsOnceEach() {
        CaseStory story = CaseStory.requested();
        HealingRequest first = story.lastRequest();
        story.tell(Inputs.of(Samples.proposal(first, START).setUsage(cost(0.25)).build()))
                .tell(Inputs.of(Samples.verdict(first, VerdictKind.REJECTED, START)
                        .setCostUsd(0.25)
                        .build()));
        HealingRequest second = story.lastRequest();
        story.tell(Inputs.of(Samples.verdict(second, VerdictKind.REJECTED, START)
                        .setCostUsd(0.5)
                        .build()))
                .tell(Inputs.of(Samples.proposal(second, START).setUsage(cost(0.5)).build()));

        assertThat(story.present().getCostUsd()).as("the second verdict overtook its proposal").isEqualTo(0.75);
    }

    @Test
    void shouldSendUrgentErrorsOnTheUrgentLaneUnlessOnlyForeseen() {
        assertThat(lane(Severity.CRITICAL)).isEqualTo(Lane.URGENT);
        assertThat(lane(Severity.HIGH)).isEqualTo(Lane.URGENT);
        assertThat(lane(Severity.MEDIUM)).isEqualTo(Lane.NORMAL);

        CaseStory foreseen = new CaseStory();
        foreseen.growing(TrendState.RISING, 2, 0.5);
        foreseen.see(Samples.error("e1", START).setSeverity(Severity.CRITICAL).build());
        assertThat(foreseen.lastRequest().getPredicted()).isTrue();
        assertThat(foreseen.lastRequest().getLane()).isEqualTo(Lane.NORMAL);
    }

    @Test
    void shouldRaiseTheLaneOfTheNextAttemptWhenAForecastComesTrue() {
        CaseStory story = new CaseStory();
        story.growing(TrendState.RISING, 2, 0.5);
        for (int i = 0; i < 5; i++) {
            story.see(Samples.error("e" + i, START.plusSeconds(i))
                    .setSeverity(Severity.HIGH)
                    .build());
        }
        assertThat(story.requests()).hasSize(1);
        assertThat(story.state()).isEqualTo(CaseState.REQUESTED);
        assertThat(story.lastReason()).isEqualTo("as forecast: 3 errors in 5 minutes");
        assertThat(story.present().getHistory()).as("said once").hasSize(2);

        story.tell(Inputs.of(Samples.verdict(story.lastRequest(), VerdictKind.REJECTED, START.plusSeconds(9))
                .build()));
        assertThat(story.lastRequest().getLane()).isEqualTo(Lane.URGENT);
        assertThat(story.lastRequest().getPredicted()).isFalse();
    }

    @Test
    void shouldTellTheWorkersTheKindOfFaultAndTheMode() {
        CaseStory story = new CaseStory();
        story.circumstances.mode(HealingMode.REVIEW_ONLY);
        story.see(Samples.reproducible("e1", START).build());

        assertThat(story.lastRequest().getMode()).isEqualTo(HealingMode.REVIEW_ONLY);
        assertThat(story.lastRequest().getProviders()).containsExactly("template");
        assertThat(story.lastRequest().getClassification())
                .hasValueSatisfying(fault -> assertThat(fault.getErrorType()).isEqualTo(Samples.NULL_POINTER));
        assertThat(story.present().getMode()).isEqualTo(HealingMode.REVIEW_ONLY);
    }

    private static Lane lane(Severity severity) {
        return new CaseStory()
                .see(Samples.reproducible("e1", START).setSeverity(severity).build())
                .lastRequest()
                .getLane();
    }

    private static List<ModelUsage> cost(double usd) {
        return List.of(ModelUsage.newBuilder().setModel("m").setCostUsd(usd).build());
    }

    private static FileEdit edit(String path, Hunk... hunks) {
        return FileEdit.newBuilder().setPath(path).setHunks(List.of(hunks)).build();
    }

    private static Hunk hunk(int start, int removed, int added) {
        return new Hunk(start, Collections.nCopies(removed, "old"), Collections.nCopies(added, "new"));
    }
}
