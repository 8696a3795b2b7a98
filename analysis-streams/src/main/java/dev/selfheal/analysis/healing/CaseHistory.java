package dev.selfheal.analysis.healing;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Moves a case from state to state and keeps its lists within their bounds. */
final class CaseHistory {

    private static final int MAX_TRANSITIONS = 200;
    private static final int MAX_FEEDBACK = 64;
    private static final int MAX_REFUTED = 512;

    /** Nothing more happens in these unless a person or a new error starts another case. */
    private static final Set<CaseState> ENDED = EnumSet.of(
            CaseState.HEALED, CaseState.EXHAUSTED, CaseState.ABSTAINED, CaseState.SUPPRESSED, CaseState.ROLLED_BACK);

    private static final Set<CaseState> AWAITING_ANSWER = EnumSet.of(CaseState.REQUESTED, CaseState.PROPOSED);

    private CaseHistory() {}

    static boolean hasEnded(HealingCase healingCase) {
        return ENDED.contains(healingCase.getState());
    }

    /** Nothing waits for its end any more, and no person has said how to go on with its group. */
    static boolean mayBeForgotten(HealingCase healingCase) {
        return hasEnded(healingCase) && healingCase.getStanding().isEmpty();
    }

    /** Errors open no other case now: healing is being tried, or its patch waits for people, deployers or its proof. */
    static boolean isUnderWay(HealingCase healingCase) {
        return switch (healingCase.getState()) {
            case REQUESTED, PROPOSED, IN_REVIEW, APPROVED, DEPLOYED -> true;
            default -> false;
        };
    }

    /** After a case that led to nothing good, or has mended it, the group rests. */
    static Instant restUntil(HealingCase last, HealingPolicy policy) {
        return rests(last) ? last.getUpdatedAt().plusMillis(policy.getBudget().getCooldownMs()) : last.getUpdatedAt();
    }

    /** Whether its group rests after it, for as long as the policy says. */
    static boolean rests(HealingCase last) {
        return switch (last.getState()) {
            case EXHAUSTED, ROLLED_BACK, REGRESSED, HEALED -> true;
            default -> false;
        };
    }

    /** A request is in flight. */
    static boolean awaitsAnswer(HealingCase healingCase) {
        return AWAITING_ANSWER.contains(healingCase.getState());
    }

    static boolean isOverdue(HealingCase healingCase, Instant now) {
        return healingCase.getDeadline().filter(now::isAfter).isPresent();
    }

    static HealingCase moved(
            HealingCase from, CaseState to, Optional<Instant> deadline, Instant now, String reason, String cause) {
        List<CaseTransition> history = new ArrayList<>(from.getHistory());
        history.add(new CaseTransition(from.getState(), to, now, reason, cause));
        return HealingCase.newBuilder(from)
                .setState(to)
                .setUpdatedAt(now)
                .setDeadline(deadline.orElse(null))
                .setHistory(newest(history, MAX_TRANSITIONS))
                .build();
    }

    /** Something worth remembering that moves it nowhere. */
    static HealingCase noted(HealingCase present, Instant now, String reason, String cause) {
        return moved(present, present.getState(), present.getDeadline(), now, reason, cause);
    }

    /** The case with what was learned from a refused attempt. */
    static HealingCase taught(HealingCase healingCase, List<Feedback> feedback, List<String> refutedPatches) {
        Set<Feedback> allFeedback = new LinkedHashSet<>(healingCase.getFeedback());
        allFeedback.addAll(feedback);
        Set<String> allRefuted = new LinkedHashSet<>(healingCase.getRefutedPatches());
        allRefuted.addAll(refutedPatches);
        return HealingCase.newBuilder(healingCase)
                .setFeedback(newest(List.copyOf(allFeedback), MAX_FEEDBACK))
                .setRefutedPatches(newest(new ArrayList<>(allRefuted), MAX_REFUTED))
                .build();
    }

    /** The case with no more than the newest of what it has gathered. */
    static HealingCase newest(HealingCase healingCase, int transitions, int feedback, int refuted) {
        return HealingCase.newBuilder(healingCase)
                .setHistory(newest(healingCase.getHistory(), transitions))
                .setFeedback(newest(healingCase.getFeedback(), feedback))
                .setRefutedPatches(newest(healingCase.getRefutedPatches(), refuted))
                .build();
    }

    /** The case as it is published: an ended one carries no sample any more. */
    static HealingCase published(HealingCase healingCase) {
        return hasEnded(healingCase)
                ? HealingCase.newBuilder(healingCase).clearEvent().build()
                : healingCase;
    }

    private static <T> List<T> newest(List<T> all, int limit) {
        return all.size() <= limit ? all : List.copyOf(all.subList(all.size() - limit, all.size()));
    }
}
