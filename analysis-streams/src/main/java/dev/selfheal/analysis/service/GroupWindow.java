package dev.selfheal.analysis.service;

import dev.selfheal.event.TrendState;
import java.util.Optional;

/**
 * What one group contributes to its service in one minute.
 *
 * @param group a hash of the group: only told apart within one minute of one service, so a collision costs one count
 * @param minute since the epoch
 * @param count errors of the group in it
 * @param state of the group
 * @param release the group's newest
 * @param closed false while the minute is still open and the group raises its alarm ahead of time
 */
public record GroupWindow(
        int group, long minute, long count, TrendState state, Optional<String> release, boolean closed) {

    boolean isRising() {
        return state == TrendState.RISING || state == TrendState.SPIKING;
    }
}
