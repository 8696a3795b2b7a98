package dev.selfheal.analysis.regression;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.PatchedLines;
import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Optional;

/** Whether an error comes out of lines that a patch brought in. Pure. */
final class PatchedFrames {

    private PatchedFrames() {}

    /** The innermost frame of the service's own code, if it stands in one of these lines. */
    static Optional<StackFrame> find(ErrorEvent event, List<PatchedLines> patched) {
        return topInApp(event).filter(frame -> patched.stream().anyMatch(lines -> holds(lines, frame)));
    }

    /** Of the root cause; of what wraps it when that has no frame in the service's own code. */
    private static Optional<StackFrame> topInApp(ErrorEvent event) {
        List<ExceptionInfo> chain = event.getExceptions();
        for (int i = chain.size() - 1; i >= 0; i--) {
            Optional<StackFrame> top = chain.get(i).getFrames().stream()
                    .filter(StackFrame::getInApp)
                    .findFirst();
            if (top.isPresent()) {
                return top;
            }
        }
        return Optional.empty();
    }

    private static boolean holds(PatchedLines lines, StackFrame frame) {
        String file = sourceOf(frame);
        // A script's folder may be the one that it is deployed to, above the project's own.
        boolean sameFile = ("/" + lines.getPath()).endsWith("/" + file)
                || (!file.endsWith(".java") && file.endsWith("/" + lines.getPath()));
        // Where lines were only removed, the two around the gap are what the patch made of it.
        int first = Math.min(lines.getFirstLine(), lines.getLastLine());
        int last = Math.max(lines.getFirstLine(), lines.getLastLine());
        return sameFile && frame.getLine() >= Math.max(1, first) && frame.getLine() <= last;
    }

    /** Path below a source folder: the package of the class and the file the platform names, or else the outermost class. */
    private static String sourceOf(StackFrame frame) {
        String module = frame.getModule();
        int dot = module.lastIndexOf('.');
        String folder = module.substring(0, dot + 1).replace('.', '/');
        String simple = module.substring(dot + 1);
        int nested = simple.indexOf('$');
        String outermost = nested > 0 ? simple.substring(0, nested) : simple;
        return folder + frame.getFile().orElse(outermost + ".java");
    }
}
