package dev.selfheal.ingest.grouping;

import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the test in the trace of a test that failed. Pure. */
final class TestFrames {

    /** Names that Maven's and Gradle's defaults take for tests. Some runners cut their own frames out of a trace. */
    private static final Pattern TEST_CLASS =
            Pattern.compile("(?:.*\\.)?(?:Test[A-Z][\\w$]*+|[\\w$]*(?:Test|Tests|TestCase|IT)(?:\\$[\\w$]*+)?)");

    private TestFrames() {}

    /** The frame that a test runner called by reflection: the test method; empty when no test is in the trace. */
    static Optional<StackFrame> test(List<StackFrame> frames) {
        for (int i = frames.size() - 2; i >= 0; i--) {
            StackFrame frame = frames.get(i);
            boolean isCalled = isReflection(frames.get(i + 1)) && !KnownPackages.isPlatform(frame.getModule());
            if (isCalled
                    && (isRunner(frames, i + 1)
                            || TEST_CLASS.matcher(frame.getModule()).matches())) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /** Whether the reflection from here on was done by a test runner. */
    private static boolean isRunner(List<StackFrame> frames, int reflection) {
        int caller = reflection;
        while (caller < frames.size() && isReflection(frames.get(caller))) {
            caller++;
        }
        return caller < frames.size()
                && KnownPackages.isTestRunner(frames.get(caller).getModule());
    }

    private static boolean isReflection(StackFrame frame) {
        return KnownPackages.isReflection(frame.getModule());
    }
}
