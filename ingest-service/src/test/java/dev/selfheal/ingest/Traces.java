package dev.selfheal.ingest;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.grouping.ErrorGroup;
import dev.selfheal.ingest.grouping.Grouping;
import dev.selfheal.ingest.grouping.GroupingRules;
import dev.selfheal.ingest.grouping.OwnFrames;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.util.List;

/** Short ways to make what the tests are about. */
public final class Traces {

    private Traces() {}

    /** The chain in printStackTrace text. */
    public static List<ExceptionInfo> java(String trace) {
        return StackTraceParser.of("java").orElseThrow().parse(trace);
    }

    /** A draft of service {@code cart} from printStackTrace text. */
    public static ErrorEventDraft draft(String trace) {
        return ErrorEventDraft.of("cart", java(trace));
    }

    /** The group of a trace, own packages inferred. */
    public static ErrorGroup group(String trace) {
        return Grouping.group(OwnFrames.mark(draft(trace), List.of()), GroupingRules.INFERRED);
    }

    /** The group of what Node prints of an error that nobody caught. */
    public static ErrorGroup groupOfNode(String trace) {
        List<ExceptionInfo> chain =
                StackTraceParser.of("javascript").orElseThrow().parse(trace);
        return Grouping.group(OwnFrames.mark(ErrorEventDraft.of("cart", chain), List.of()), GroupingRules.INFERRED);
    }
}
