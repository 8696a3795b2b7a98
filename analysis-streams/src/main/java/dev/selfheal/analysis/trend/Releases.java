package dev.selfheal.analysis.trend;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The release a group's trend is about, and the one before. During a roll-out both send errors, in any order: what is known
 * as the old release becomes current again only when the new one has been silent for {@link #OVERLAP}, a rollback.
 *
 * @param current the newest release seen; empty while none was named
 * @param seenAt event time of the newest error of the current release; the epoch while none was named
 * @param previous the release before
 * @param previousBaseline usual errors per minute under the previous release; 0 when there was none
 */
record Releases(Optional<String> current, Instant seenAt, Optional<String> previous, double previousBaseline) {

    static final Releases NONE = new Releases(Optional.empty(), Instant.EPOCH, Optional.empty(), 0);

    /** Event time without an error of the current release after which an error of the old one tells of a rollback. */
    static final Duration OVERLAP = Duration.ofMinutes(30);

    /** True when an error of this release at this time starts a new baseline. An error without a release never does. */
    boolean isReplacedBy(Optional<String> release, Instant at) {
        if (current.isEmpty() || release.isEmpty() || release.equals(current) || !at.isAfter(seenAt)) {
            return false;
        }
        return !release.equals(previous) || !at.isBefore(seenAt.plus(OVERLAP));
    }

    /** After an error of the current release, or of one that changes nothing. */
    Releases seen(Optional<String> release, Instant at) {
        if (release.isEmpty()) {
            return this;
        }
        boolean isNewest = (current.isEmpty() || release.equals(current)) && at.isAfter(seenAt);
        return isNewest ? new Releases(release, at, previous, previousBaseline) : this;
    }

    /** After an error that {@link #isReplacedBy replaces} the current release. */
    Releases replaced(Optional<String> release, Instant at, double baseline) {
        return new Releases(release, at, current, baseline);
    }
}
