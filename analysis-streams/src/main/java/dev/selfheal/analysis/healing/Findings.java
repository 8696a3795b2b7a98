package dev.selfheal.analysis.healing;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RefutedCandidate;
import java.util.ArrayList;
import java.util.List;

/** What a verdict teaches the next attempt. */
final class Findings {

    /** Bound of {@code Feedback.message}. */
    private static final int MAX_MESSAGE = 4000;

    private Findings() {}

    static List<Feedback> feedback(PatchVerdict verdict) {
        List<Feedback> feedback = ofRefuted(verdict);
        verdict.getChecks().stream()
                .filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                .forEach(check -> feedback.add(new Feedback(verdict.getAttempt(), check.getName(), cut(words(check)))));
        if (feedback.isEmpty()) {
            feedback.add(new Feedback(verdict.getAttempt(), "verdict", cut(verdict.getReason())));
        }
        return feedback;
    }

    /** Of the candidates that were refuted on the way to the one that the verdict is about. */
    static List<Feedback> ofRefuted(PatchVerdict verdict) {
        List<Feedback> feedback = new ArrayList<>();
        for (RefutedCandidate refuted : verdict.getRefuted()) {
            feedback.add(new Feedback(verdict.getAttempt(), refuted.getCheck(), cut(refuted.getReason())));
        }
        return feedback;
    }

    /** The patches of these candidates. */
    static List<String> refutedBeside(PatchVerdict verdict) {
        return verdict.getRefuted().stream().map(RefutedCandidate::getPatchId).toList();
    }

    /** Every patch the verdict is about: none of them is to be proposed again. */
    static List<String> refuted(PatchVerdict verdict) {
        List<String> refuted = new ArrayList<>(refutedBeside(verdict));
        verdict.getCandidate().map(CandidatePatch::getPatchId).ifPresent(refuted::add);
        return refuted;
    }

    static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    private static String words(CheckResult check) {
        StringBuilder words = new StringBuilder(check.getSummary());
        check.getFindings().forEach(finding -> words.append('\n').append(finding.getMessage()));
        return words.toString();
    }
}
