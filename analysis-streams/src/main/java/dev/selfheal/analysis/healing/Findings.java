package dev.selfheal.analysis.healing;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RefutedCandidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a verdict teaches the next attempt. */
final class Findings {

    /** Bound of {@code Feedback.message}. */
    private static final int MAX_MESSAGE = 4000;

    private Findings() {}

    static List<Feedback> feedback(PatchVerdict verdict) {
        List<Feedback> feedback = ofRefuted(verdict);
        String patch = verdict.getCandidate().map(CandidatePatch::getPatchId).orElse("");
        verdict.getChecks().stream()
                .filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                .forEach(check -> feedback.add(
                        new Feedback(verdict.getAttempt(), check.getName(), cut(named(patch) + words(check)))));
        if (feedback.isEmpty()) {
            feedback.add(new Feedback(verdict.getAttempt(), "verdict", cut(verdict.getReason())));
        }
        return feedback;
    }

    /** Of the candidates that were refuted on the way to the one that the verdict is about. */
    static List<Feedback> ofRefuted(PatchVerdict verdict) {
        List<Feedback> feedback = new ArrayList<>();
        for (RefutedCandidate refuted : verdict.getRefuted()) {
            String message = named(refuted.getPatchId()) + refuted.getReason();
            feedback.add(new Feedback(verdict.getAttempt(), refuted.getCheck(), cut(message)));
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

    /** Says of what patch something is: of many candidates of one kind, most fail with the same words. */
    private static String named(String patchId) {
        return patchId.isEmpty() ? "" : "patch " + patchId + ": ";
    }

    /** Each line once: the summary is often the first finding. */
    private static String words(CheckResult check) {
        Set<String> words = new LinkedHashSet<>();
        words.add(check.getSummary());
        check.getFindings().forEach(finding -> words.add(finding.getMessage()));
        return String.join("\n", words);
    }
}
