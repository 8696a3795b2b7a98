package dev.selfheal.analysis.service;

import dev.selfheal.event.TrendState;
import java.util.Map;
import java.util.TreeMap;

/**
 * One minute of a service, as far as its groups have told.
 *
 * @param count errors of the groups whose minute is closed
 * @param active these groups
 * @param rising of these, RISING or SPIKING
 * @param fresh of these, NEW
 * @param early errors so far of groups that raised an alarm before their minute was closed, by hash
 */
record ServiceWindow(long minute, long count, int active, int rising, int fresh, Map<Integer, Long> early) {

    /** Alarms ahead of time remembered; more of them change no judgement. */
    private static final int MAX_EARLY = 64;

    ServiceWindow {
        early = Map.copyOf(early);
    }

    static ServiceWindow empty(long minute) {
        return new ServiceWindow(minute, 0, 0, 0, 0, Map.of());
    }

    ServiceWindow plus(GroupWindow group) {
        Map<Integer, Long> alarms = new TreeMap<>(early);
        if (!group.closed()) {
            if (alarms.size() < MAX_EARLY || alarms.containsKey(group.group())) {
                alarms.put(group.group(), group.count());
            }
            return new ServiceWindow(minute, count, active, rising, fresh, alarms);
        }
        alarms.remove(group.group());
        return new ServiceWindow(
                minute,
                count + group.count(),
                active + 1,
                rising + (group.isRising() ? 1 : 0),
                fresh + (group.state() == TrendState.NEW ? 1 : 0),
                alarms);
    }

    /** Errors known so far. */
    long soFar() {
        return count + early.values().stream().mapToLong(Long::longValue).sum();
    }
}
