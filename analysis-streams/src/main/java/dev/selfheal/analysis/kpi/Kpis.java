package dev.selfheal.analysis.kpi;

import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.event.CaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The figures of one service, or of all: since the beginning, and per hour of event time for a week. Immutable and pure;
 * a step older than the week counts in the totals alone.
 *
 * @param since time of the earliest step
 * @param updatedAt time of the latest step
 * @param total everything since then
 * @param hours hours since the epoch; empty ones are left out
 */
public record Kpis(Instant since, Instant updatedAt, Tally total, NavigableMap<Long, Tally> hours) {

    /** Hours kept: a week. */
    public static final int HOURS = 168;

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /** Before the first step, whose time is given. */
    public static Kpis startedAt(Instant first) {
        return new Kpis(first, first, Tally.EMPTY, new TreeMap<>());
    }

    public Kpis on(CaseStep step) {
        Kpis counted = added(step.at(), tally(step));
        Optional<Instant> takenBack = step.effect() == CaseStep.Effect.REVERSED ? step.succeededAt() : Optional.empty();
        return takenBack
                .map(succeededAt -> counted.added(succeededAt, Tally.EMPTY.plus(Figure.SUCCEEDED, -1)))
                .orElse(counted);
    }

    /** Everything in the last so many hours of event time, the newest one included. */
    public Tally last(int count) {
        Tally sum = Tally.EMPTY;
        for (Tally hour : hours.tailMap(hourOf(updatedAt) - count, false).values()) {
            sum = sum.plus(hour);
        }
        return sum;
    }

    private Kpis added(Instant at, Tally more) {
        Instant newest = at.isAfter(updatedAt) ? at : updatedAt;
        long oldestKept = hourOf(newest) - HOURS + 1;
        NavigableMap<Long, Tally> kept = new TreeMap<>(hours.tailMap(oldestKept, true));
        if (hourOf(at) >= oldestKept) {
            Tally hour = kept.getOrDefault(hourOf(at), Tally.EMPTY).plus(more);
            kept.put(hourOf(at), hour);
        }
        return new Kpis(at.isBefore(since) ? at : since, newest, total.plus(more), kept);
    }

    private static Tally tally(CaseStep step) {
        Tally tally = Tally.EMPTY.plus(Figure.COST_MICRO_USD, step.costMicroUsd());
        if (!step.isTransition()) {
            return tally;
        }
        if (step.opens()) {
            tally = tally.plus(Figure.OPENED, 1);
        }
        if (!step.reason().isEmpty()) {
            tally = tally.plusReason(step.reason(), 1);
        }
        return withTimes(withEffect(reached(tally, step), step), step);
    }

    private static Tally reached(Tally tally, CaseStep step) {
        return switch (step.to()) {
            case REQUESTED -> tally.plus(Figure.ATTEMPTS, 1);
            case APPROVED -> tally.plus(Figure.APPROVED, 1);
            case DEPLOYED -> tally.plus(Figure.DEPLOYED, 1);
            case HEALED -> tally.plus(Figure.HEALED, 1);
            case EXHAUSTED -> tally.plus(step.isStop() ? Figure.STOPPED : Figure.EXHAUSTED, 1);
            case ABSTAINED -> tally.plus(Figure.ABSTAINED, 1);
            case SUPPRESSED -> tally.plus(Figure.SUPPRESSED, 1);
            case REGRESSED -> tally.plus(Figure.REGRESSED, 1);
            case ROLLED_BACK -> tally.plus(Figure.ROLLED_BACK, 1);
            case UNKNOWN, OBSERVED, PROPOSED, IN_REVIEW, REJECTED -> tally;
        };
    }

    private static Tally withEffect(Tally tally, CaseStep step) {
        return switch (step.effect()) {
            case SUCCEEDED -> tally.plus(Figure.SUCCEEDED, 1);
            case FAILED -> tally.plus(Figure.FAILED, 1);
            case REVERSED -> tally.plus(Figure.FAILED, 1).plus(Figure.REJECTED_AFTER_APPROVAL, 1);
            case NONE -> tally;
        };
    }

    private static Tally withTimes(Tally tally, CaseStep step) {
        long sinceOpened = Duration.between(step.openedAt(), step.at()).toMillis();
        if (step.effect() == CaseStep.Effect.SUCCEEDED && step.succeededAt().isEmpty()) {
            return tally.plus(Figure.TIMED_APPROVED, 1).plus(Figure.MS_TO_APPROVED, sinceOpened);
        }
        return step.to() == CaseState.HEALED
                ? tally.plus(Figure.TIMED_HEALED, 1).plus(Figure.MS_TO_HEALED, sinceOpened)
                : tally;
    }

    private static long hourOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), HOUR_MS);
    }
}
