package dev.selfheal.analysis.archive;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.HealingCase;
import java.util.Locale;

/** Why nothing was tried, as one of a few words that can be counted. */
final class UntriedReason {

    private static final String OTHER = "other";

    private UntriedReason() {}

    /** Empty when the transition is of another kind. */
    static String of(HealingCase healingCase, CaseTransition transition) {
        if (transition.getTo() == CaseState.ABSTAINED) {
            return abstained(healingCase, transition.getReason());
        }
        return transition.getTo() == CaseState.SUPPRESSED ? suppressed(transition.getReason()) : "";
    }

    private static String abstained(HealingCase healingCase, String reason) {
        return healingCase
                .getClassification()
                .map(Classification::getFaultClass)
                .map(fault -> word(fault.name()))
                .orElse(reason.startsWith("no policy") ? "no-policy" : OTHER);
    }

    private static String suppressed(String reason) {
        if (reason.startsWith("budget")) {
            return "budget";
        }
        if (reason.startsWith("overloaded")) {
            return "load";
        }
        return reason.contains("breaker") ? "breaker" : OTHER;
    }

    private static String word(String words) {
        return words.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
