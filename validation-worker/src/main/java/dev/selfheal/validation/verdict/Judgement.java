package dev.selfheal.validation.verdict;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.confidence.Confidence;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of trying a proposal's candidates.
 *
 * @param about the candidate the decision is about; empty when none was tried
 * @param confidence in that candidate
 * @param tried all of them, in order
 */
public record Judgement(Decision decision, Optional<Tried> about, Confidence confidence, List<Tried> tried) {

    public Judgement {
        tried = List.copyOf(tried);
    }

    /** Refused before any candidate was looked at. */
    public static Judgement rejectedOutright(String reason) {
        return new Judgement(new Decision.Rejected(reason), Optional.empty(), Confidence.NONE, List.of());
    }

    /** The same evidence with another decision. */
    Judgement decided(Decision other) {
        return new Judgement(other, about, confidence, tried);
    }

    /** The refuted candidates other than the one the decision is about, in order. */
    public List<Tried> refuted() {
        return tried.stream()
                .filter(each -> each.ending()
                        .filter(ending -> ending.getOutcome() == CheckOutcome.FAILED)
                        .isPresent())
                .filter(each -> about.filter(each::equals).isEmpty())
                .toList();
    }
}
