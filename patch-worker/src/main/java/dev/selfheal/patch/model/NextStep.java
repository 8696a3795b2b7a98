package dev.selfheal.patch.model;

import java.time.Duration;

/** What to do after a call that gave no usable reply. */
sealed interface NextStep {

    /** Ask the same again after the pause. */
    record Again(Duration pause) implements NextStep {}

    /** Ask at once, with the changed request. */
    record Changed(ModelRequest request) implements NextStep {}

    /** This key has had its chances. */
    record GiveUp() implements NextStep {}
}
