package dev.selfheal.validation.check;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.validation.check.StackTraceText.Frame;
import dev.selfheal.validation.check.StackTraceText.Thrown;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Is a test's failure the error that was reported? It is when the test throws, or is caused by, an exception of the
 * reported root cause's type from the same innermost method of the project. Lines and messages may differ: they move with
 * every release and every input.
 */
final class ReportedFailure {

    private final List<Thrown> reported;
    private final Predicate<String> ownClass;

    /**
     * @param ownClass true for the project's main classes
     */
    ReportedFailure(ErrorEvent event, Predicate<String> ownClass) {
        this.reported =
                event.getExceptions().stream().map(ReportedFailure::thrown).toList();
        this.ownClass = ownClass;
    }

    private static Thrown thrown(ExceptionInfo info) {
        return new Thrown(
                info.getType(),
                info.getFrames().stream()
                        .map(frame -> StackTraceText.frame(frame.getModule(), frame.getFunction()))
                        .toList());
    }

    boolean matches(Failure failure) {
        if (reported.isEmpty()) {
            return false;
        }
        Thrown root = reported.get(reported.size() - 1);
        return chain(failure).stream().anyMatch(seen -> seen.type().equals(root.type()) && sameOrigin(root, seen));
    }

    /** What was expected, for the finding. */
    String expected() {
        if (reported.isEmpty()) {
            return "an exception";
        }
        Thrown root = reported.get(reported.size() - 1);
        return root.type()
                + origin(root)
                        .map(f -> " in " + f.className() + "." + f.function())
                        .orElse("");
    }

    /** An error without a frame of the project's must come from the same innermost call; without any frame it matches nothing. */
    private boolean sameOrigin(Thrown expected, Thrown seen) {
        Optional<Frame> own = origin(expected);
        return own.isPresent()
                ? own.equals(origin(seen))
                : !expected.frames().isEmpty()
                        && !seen.frames().isEmpty()
                        && expected.frames().get(0).equals(seen.frames().get(0))
                        && origin(seen).isEmpty();
    }

    private Optional<Frame> origin(Thrown thrown) {
        return StackTraceText.topOwn(thrown.frames(), ownClass);
    }

    /** The runner's own word on the type counts where the text cannot be read. */
    private static List<Thrown> chain(Failure failure) {
        List<Thrown> chain = new ArrayList<>(StackTraceText.parse(failure.stackTrace()));
        if (chain.isEmpty()) {
            chain.add(new Thrown(failure.exceptionType(), List.of()));
        }
        return chain;
    }
}
