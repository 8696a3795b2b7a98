package dev.selfheal.validation.check;

import dev.selfheal.event.Consequence;
import dev.selfheal.event.FindingLevel;
import java.util.Optional;

/** What a policy makes of an observation, as the level of its finding. */
final class Consequences {

    private Consequences() {}

    /** Empty when the observation is not to be reported. A word of a later contract asks for a person. */
    static Optional<FindingLevel> level(Consequence consequence) {
        return switch (consequence) {
            case IGNORE -> Optional.empty();
            case NOTE -> Optional.of(FindingLevel.NOTE);
            case REFUTE -> Optional.of(FindingLevel.ERROR);
            case REVIEW, UNKNOWN -> Optional.of(FindingLevel.WARNING);
        };
    }
}
