package dev.selfheal.analysis.healing;

import dev.selfheal.event.HealingCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What follows from one input.
 *
 * @param current the group's newest case from now on
 * @param outputs in the order they happen
 */
public record Decision(Optional<HealingCase> current, List<CaseOutput> outputs) {

    public Decision {
        outputs = List.copyOf(outputs);
    }

    static Decision unchanged(Optional<HealingCase> current) {
        return new Decision(current, List.of());
    }

    static Decision of(HealingCase current, CaseOutput... outputs) {
        return new Decision(Optional.of(current), List.of(outputs));
    }

    /** This one's outputs, then the next one's; the next one's case. */
    Decision then(Decision next) {
        if (outputs.isEmpty()) {
            return next;
        }
        return new Decision(
                next.current,
                Stream.concat(outputs.stream(), next.outputs.stream()).toList());
    }
}
