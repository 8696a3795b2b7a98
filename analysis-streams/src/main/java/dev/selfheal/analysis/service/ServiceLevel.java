package dev.selfheal.analysis.service;

import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.event.TrendState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one service: a few numbers and the minutes not closed yet.
 *
 * @param openMinute first minute not yet closed
 * @param level the detector's memory of the service's total after the last closed minute
 * @param last the newest closed minute that was not empty
 * @param open minutes not yet closed that have contributions, earliest first
 * @param release newest release
 * @param word what was last published
 * @param due when to look at it again; empty while it is quiet
 */
public record ServiceLevel(
        long openMinute,
        TrendLevel level,
        ServiceWindow last,
        List<ServiceWindow> open,
        Release release,
        Word word,
        Optional<Instant> due) {

    /**
     * @param name empty while none is known
     * @param before the one it took over from; empty for the first one
     * @param since empty for the first one, which may be old
     */
    record Release(Optional<String> name, Optional<String> before, Optional<Instant> since) {

        static final Release NONE = new Release(Optional.empty(), Optional.empty(), Optional.empty());

        Release seen(String release, Instant at) {
            Optional<String> seen = Optional.of(release);
            if (seen.equals(name) || seen.equals(before)) {
                return this;
            }
            return new Release(seen, name, name.map(old -> at));
        }
    }

    /**
     * @param at in the service's time
     * @param stale true when something has happened since that was not worth a word at once
     */
    record Word(TrendState state, Instant at, boolean stale) {

        static final Word NONE = new Word(TrendState.UNKNOWN, Instant.EPOCH, true);
    }

    public ServiceLevel {
        open = List.copyOf(open);
    }

    static ServiceLevel first(long minute) {
        return new ServiceLevel(
                minute,
                TrendLevel.NONE,
                ServiceWindow.empty(minute),
                List.of(),
                Release.NONE,
                Word.NONE,
                Optional.empty());
    }

    ServiceLevel closed(long newOpenMinute, TrendLevel newLevel, ServiceWindow newLast, List<ServiceWindow> stillOpen) {
        return new ServiceLevel(newOpenMinute, newLevel, newLast, stillOpen, release, stale(), due);
    }

    ServiceLevel opened(List<ServiceWindow> newOpen, Release newRelease) {
        return new ServiceLevel(openMinute, level, last, newOpen, newRelease, stale(), due);
    }

    ServiceLevel said(TrendState state, Instant at) {
        return new ServiceLevel(openMinute, level, last, open, release, new Word(state, at, false), due);
    }

    ServiceLevel due(Optional<Instant> at) {
        return new ServiceLevel(openMinute, level, last, open, release, word, at);
    }

    private Word stale() {
        return new Word(word.state(), word.at(), true);
    }
}
