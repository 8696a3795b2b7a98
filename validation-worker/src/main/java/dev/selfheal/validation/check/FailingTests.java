package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.util.List;
import java.util.Optional;

/**
 * The tests that fail on the base as the error was reported. A fix makes every one of them pass; a patch that only keeps
 * them from running does not.
 *
 * @param ids as {@link TestResult#id()} has them
 */
record FailingTests(List<String> ids) {

    FailingTests {
        ids = List.copyOf(ids);
    }

    /**
     * @param after all results of the reproduction with the patch
     */
    Optional<Finding> refutation(List<TestResult> after) {
        Optional<TestResult> failed = after.stream()
                .filter(result -> result.status() == Status.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of(finding(
                    "SH-REPRO-FAILS", FindingLevel.ERROR, "the reproduction still fails: " + words(failed.get())));
        }
        return ids.stream()
                .flatMap(id -> notRun(id, of(id, after)).stream())
                .findFirst()
                .map(why -> finding(
                        "SH-REPRO-NOT-RUN", FindingLevel.ERROR, "with the patch the reproduction did not run: " + why));
    }

    private static Optional<String> notRun(String id, List<TestResult> after) {
        if (after.isEmpty()) {
            return Optional.of(id + " failed on the base and is no longer reported");
        }
        return after.stream().anyMatch(result -> result.status() == Status.PASSED)
                ? Optional.empty()
                : Optional.of(id + " failed on the base and is skipped");
    }

    /** Its own result. A class or a factory reports itself only when its set-up fails; else the tests below it count. */
    private static List<TestResult> of(String id, List<TestResult> after) {
        List<TestResult> own =
                after.stream().filter(result -> result.id().equals(id)).toList();
        return own.isEmpty()
                ? after.stream()
                        .filter(result -> result.id().startsWith(id + "#")
                                || result.id().startsWith(id + "[")
                                || result.id().startsWith(id + "$"))
                        .toList()
                : own;
    }

    private static String words(TestResult result) {
        return result.failure()
                .map(failure -> failure.exceptionType() + ": " + firstLine(failure.message()))
                .orElse(result.id());
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
