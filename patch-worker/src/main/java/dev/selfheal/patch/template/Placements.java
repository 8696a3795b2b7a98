package dev.selfheal.patch.template;

import dev.selfheal.patch.localise.FaultSite;
import java.util.List;

/** All ways to place a check. */
final class Placements {

    private static final List<Placement> ALL = List.of(
            new ConditionPlacement(),
            new EarlyReturnPlacement(),
            new MethodEntryPlacement(),
            new ExtendGuardPlacement(),
            new EnclosingConditionPlacement(),
            new SkipIterationPlacement(),
            new WrapPlacement(),
            new TernaryPlacement());

    private Placements() {}

    /** Edits for each guard in each place that is open to it. */
    static List<TemplateEdit> place(FaultSite site, List<Guard> guards) {
        return guards.stream()
                .filter(guard -> guard.inputs().stream().allMatch(Expressions::repeatable))
                .filter(guard -> !ExistingChecks.cover(site, guard))
                .flatMap(guard -> ALL.stream()
                        .flatMap(placement -> placement.place(site, guard).stream())
                        .map(edit -> edit.scaled(guard.match())))
                .toList();
    }
}
