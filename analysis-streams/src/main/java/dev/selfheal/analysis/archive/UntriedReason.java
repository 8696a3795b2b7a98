package dev.selfheal.analysis.archive;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingCase;
import java.util.Locale;

/** Why nothing was tried, as one of a few words that can be counted. */
final class UntriedReason {

    private static final String NOT_CODE = "not a code fault: ";

    private UntriedReason() {}

    /** Empty when the transition is of another kind. */
    static String of(HealingCase healingCase, CaseTransition transition) {
        if (transition.getTo() == CaseState.ABSTAINED) {
            return abstained(healingCase, transition.getReason());
        }
        return transition.getTo() == CaseState.SUPPRESSED ? suppressed(transition.getReason()) : "";
    }

    private static String abstained(HealingCase healingCase, String reason) {
        if (reason.startsWith("no policy")) {
            return "no-policy";
        }
        if (reason.startsWith(NOT_CODE)) {
            return word(
                    reason.substring(NOT_CODE.length()).split("[^a-z ]", 2)[0].strip());
        }
        return healingCase
                .getClassification()
                .map(Classification::getFaultClass)
                .filter(fault -> fault != FaultClass.CODE)
                .map(fault -> word(fault.name()))
                .orElse("other");
    }

    private static String suppressed(String reason) {
        if (reason.startsWith("budget")) {
            return "budget";
        }
        return reason.contains("breaker") ? "breaker" : "other";
    }

    private static String word(String words) {
        return words.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }
}
