package dev.selfheal.ingest.grouping;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells the service's own code from libraries and the platform. In this order: what the sender marked; the packages
 * configured for the service; where the file lies, in languages whose traces show paths, and elsewhere everything that no
 * known library or platform package holds. Pure.
 */
public final class OwnFrames {

    private OwnFrames() {}

    /**
     * The same draft with each frame marked. What the sender marked stays; what was marked by its path does unless the packages
     * hold any frame.
     *
     * @param packages prefixes of the service's own packages; empty to infer them
     */
    public static ErrorEventDraft mark(ErrorEventDraft draft, List<String> packages) {
        List<ExceptionInfo> chain = draft.exceptions();
        boolean marked = anyMarked(chain);
        if (marked && (draft.markedBySender() || packages.isEmpty())) {
            return draft;
        }
        List<ExceptionInfo> byPackages = mark(chain, packages.isEmpty() ? inferred(chain) : held(packages));
        return marked && !anyMarked(byPackages) ? draft : draft.withExceptions(byPackages);
    }

    private static boolean anyMarked(List<ExceptionInfo> chain) {
        return chain.stream().anyMatch(exception -> isMarked(exception.getFrames()));
    }

    private static Predicate<String> held(List<String> packages) {
        return module -> Prefixes.anyHolds(packages, module);
    }

    private static List<ExceptionInfo> mark(List<ExceptionInfo> chain, Predicate<String> own) {
        return chain.stream().map(exception -> mark(exception, own)).toList();
    }

    /**
     * How many frames there are from where it was thrown to the first that is the service's own, as marked, or else as far as
     * libraries are known; all of them when none is.
     */
    public static int throughFirstOwn(List<StackFrame> frames) {
        boolean marked = isMarked(frames);
        for (int i = 0; i < frames.size(); i++) {
            StackFrame frame = frames.get(i);
            if (marked ? frame.getInApp() : isUnknown(frame.getModule())) {
                return i + 1;
            }
        }
        return frames.size();
    }

    private static boolean isUnknown(String module) {
        return !isGenerated(module)
                && !KnownPackages.isPlatform(module)
                && KnownPackages.library(module).isEmpty();
    }

    /** What no known library holds; and, in a test's trace, the library that the test itself is of. */
    private static Predicate<String> inferred(List<ExceptionInfo> chain) {
        Set<String> tested = chain.stream()
                .flatMap(e -> TestFrames.test(e.getFrames()).stream())
                .flatMap(test -> KnownPackages.library(test.getModule()).stream())
                .collect(Collectors.toSet());
        return module -> !KnownPackages.isPlatform(module)
                && KnownPackages.library(module).map(tested::contains).orElse(true);
    }

    /**
     * The own frames of the root cause that the rules do not ignore, innermost first; where it has none (it was thrown on another thread, or caught in a
     * library) those of the exception nearest to it that has any; where there are none at all (the stack is cut short) the
     * root cause's frames outside the platform; where there are none either, all of it.
     */
    static List<StackFrame> ownOrNearest(List<ExceptionInfo> chain, GroupingRules rules) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            List<StackFrame> own = filter(chain.get(i).getFrames(), frame -> frame.getInApp() && !rules.ignores(frame));
            if (!own.isEmpty()) {
                return own;
            }
        }
        List<StackFrame> frames = chain.get(chain.size() - 1).getFrames();
        List<StackFrame> outsidePlatform =
                filter(frames, frame -> !KnownPackages.isPlatform(frame.getModule()) && !rules.ignores(frame));
        return outsidePlatform.isEmpty() ? frames : outsidePlatform;
    }

    private static ExceptionInfo mark(ExceptionInfo exception, Predicate<String> own) {
        List<StackFrame> frames = new ArrayList<>(exception.getFrames().size());
        for (StackFrame frame : exception.getFrames()) {
            boolean isOwn = !isGenerated(frame.getModule()) && own.test(frame.getModule());
            frames.add(isOwn == frame.getInApp() ? frame : marked(frame, isOwn));
        }
        return new ExceptionInfo(exception.getType(), exception.getMessage().orElse(null), frames);
    }

    private static boolean isMarked(List<StackFrame> frames) {
        for (StackFrame frame : frames) {
            if (frame.getInApp()) {
                return true;
            }
        }
        return false;
    }

    private static StackFrame marked(StackFrame frame, boolean isOwn) {
        return new StackFrame(
                frame.getModule(), frame.getFunction(), frame.getFile().orElse(null), frame.getLine(), isOwn);
    }

    /** No line of source stands behind these, whatever package they are in. */
    private static boolean isGenerated(String module) {
        return module.indexOf('$') >= 0 && hasGeneratedName(module);
    }

    private static boolean hasGeneratedName(String module) {
        return module.contains("$Proxy") || module.contains("$$Lambda") || module.contains("$$FastClassBy");
    }

    private static List<StackFrame> filter(List<StackFrame> frames, Predicate<StackFrame> wanted) {
        List<StackFrame> kept = new ArrayList<>(frames.size());
        for (StackFrame frame : frames) {
            if (wanted.test(frame)) {
                kept.add(frame);
            }
        }
        return kept;
    }
}
