package dev.selfheal.ingest.grouping;

import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is said about grouping one service's errors. Immutable.
 *
 * @param packages prefixes of the service's own packages; empty to infer them
 * @param varying what they match in a message varies from one occurrence of a fault to the next
 * @param ignoredFrames prefixes of packages, classes or methods whose frames never stand for the place of a fault
 * @param byTypeAlone types of root causes whose errors are one group, wherever they were thrown and whatever they say
 */
public record GroupingRules(
        List<String> packages, List<Pattern> varying, List<String> ignoredFrames, Set<String> byTypeAlone) {

    /** Everything is inferred. */
    public static final GroupingRules INFERRED = of(List.of());

    public GroupingRules {
        packages = List.copyOf(packages);
        varying = List.copyOf(varying);
        ignoredFrames = List.copyOf(ignoredFrames);
        byTypeAlone = Set.copyOf(byTypeAlone);
    }

    public static GroupingRules of(List<String> packages) {
        return new GroupingRules(packages, List.of(), List.of(), Set.of());
    }

    boolean ignores(StackFrame frame) {
        return !ignoredFrames.isEmpty()
                && Prefixes.anyHolds(ignoredFrames, frame.getModule() + "." + frame.getFunction());
    }
}
