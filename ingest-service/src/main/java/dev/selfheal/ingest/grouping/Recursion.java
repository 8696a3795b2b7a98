package dev.selfheal.ingest.grouping;

import dev.selfheal.event.ExceptionInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Takes the depth out of recursion: how often a cycle went round depends on the input, not on the fault. Pure. */
final class Recursion {

    /** Longest cycle of calls that is recognised. */
    private static final int MAX_PERIOD = 16;

    /** As V8, JavaScriptCore and Firefox say it. */
    private static final Set<String> OVERFLOWS =
            Set.of("Maximum call stack size exceeded", "Maximum call stack size exceeded.", "too much recursion");

    private Recursion() {}

    /** A thread ran out of stack: where in the cycle that happened is chance. */
    static boolean isOverflow(ExceptionInfo thrown) {
        return switch (thrown.getType()) {
            case "java.lang.StackOverflowError", "RecursionError" -> true;
            case "RangeError", "InternalError" ->
                thrown.getMessage().filter(OVERFLOWS::contains).isPresent();
            default -> false;
        };
    }

    /** Every immediate repetition of up to {@value #MAX_PERIOD} calls, once. */
    static List<String> collapse(List<String> calls) {
        List<String> result = new ArrayList<>(calls.size());
        int i = 0;
        while (i < calls.size()) {
            int period = periodAt(calls, i);
            if (period == 0) {
                result.add(calls.get(i));
                i++;
            } else {
                // Leave the last round for the next step: it ends the cycle, or begins a longer one.
                i += period;
            }
        }
        return result;
    }

    /**
     * The calls a recursion consists of, in an order that does not depend on where the stack ended: those that occur at
     * least half as often as the most frequent one. All calls when none repeats.
     */
    static List<String> members(List<String> calls) {
        Map<String, Integer> counts = new HashMap<>();
        calls.forEach(call -> counts.merge(call, 1, Integer::sum));
        int most = counts.isEmpty() ? 0 : Collections.max(counts.values());
        if (most < 2) {
            return calls;
        }
        TreeSet<String> members = new TreeSet<>();
        counts.forEach((call, count) -> {
            if (count * 2 >= most) {
                members.add(call);
            }
        });
        return List.copyOf(members);
    }

    private static int periodAt(List<String> calls, int start) {
        for (int period = 1; period <= MAX_PERIOD && start + 2 * period <= calls.size(); period++) {
            // Hardly any call is repeated at once: the first one of the next round tells without comparing the rest.
            if (calls.get(start).equals(calls.get(start + period))
                    && calls.subList(start, start + period).equals(calls.subList(start + period, start + 2 * period))) {
                return period;
            }
        }
        return 0;
    }
}
