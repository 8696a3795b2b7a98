package dev.selfheal.analysis.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one service's outcomes, or of all.
 *
 * @param raised since when people know that too many fail; empty while they need not
 * @param due when to look again; only while raised
 */
record FailureWatch(Outcomes outcomes, Optional<Instant> raised, Optional<Instant> due) {

    static final FailureWatch NONE = new FailureWatch(Outcomes.NONE, Optional.empty(), Optional.empty());
}
