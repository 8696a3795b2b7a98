package dev.selfheal.ingest.grouping;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the service's own code from libraries and the platform. In this order: what the sender marked; the packages
 * configured for the service; everything that no known library or platform package holds. Pure.
 */
public final class OwnFrames {

    private OwnFrames() {}

    /**
     * The same chain with each frame marked. A chain in which the sender marked any frame stays as it is.
     *
     * @param packages prefixes of the service's own packages; empty to infer them
     */
    public static List<ExceptionInfo> mark(List<ExceptionInfo> chain, List<String> packages) {
        boolean markedBySender =
                chain.stream().flatMap(e -> e.getFrames().stream()).anyMatch(StackFrame::getInApp);
        return markedBySender
                ? chain
                : chain.stream().map(e -> mark(e, packages)).toList();
    }

    /**
     * The own frames, innermost first; where there are none (the service is itself a known library, or the stack is cut
     * short) the frames outside the platform; where there are none either, all.
     */
    static List<StackFrame> ownOrNearest(List<StackFrame> frames) {
        List<StackFrame> own = filter(frames, StackFrame::getInApp);
        if (!own.isEmpty()) {
            return own;
        }
        List<StackFrame> outsidePlatform = filter(frames, frame -> !KnownPackages.isPlatform(frame.getModule()));
        return outsidePlatform.isEmpty() ? frames : outsidePlatform;
    }

    private static ExceptionInfo mark(ExceptionInfo exception, List<String> packages) {
        List<StackFrame> frames = exception.getFrames().stream()
                .map(frame -> new StackFrame(
                        frame.getModule(),
                        frame.getFunction(),
                        frame.getFile().orElse(null),
                        frame.getLine(),
                        isOwn(frame.getModule(), packages)))
                .toList();
        return new ExceptionInfo(exception.getType(), exception.getMessage().orElse(null), frames);
    }

    private static boolean isOwn(String module, List<String> packages) {
        if (isGenerated(module)) {
            return false;
        }
        return packages.isEmpty()
                ? !KnownPackages.isPlatform(module) && !KnownPackages.isLibrary(module)
                : packages.stream().anyMatch(prefix -> isWithin(module, prefix));
    }

    /** No line of source stands behind these, whatever package they are in. */
    private static boolean isGenerated(String module) {
        return module.contains("$Proxy") || module.contains("$$Lambda") || module.contains("$$FastClassBy");
    }

    private static boolean isWithin(String module, String prefix) {
        return module.startsWith(prefix)
                && (module.length() == prefix.length()
                        || prefix.endsWith(".")
                        || ".$".indexOf(module.charAt(prefix.length())) >= 0);
    }

    private static List<StackFrame> filter(List<StackFrame> frames, Predicate<StackFrame> wanted) {
        return frames.stream().filter(wanted).toList();
    }
}
