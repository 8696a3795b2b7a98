package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.util.List;
import java.util.Optional;

/**
 * What the runs of one test on the unpatched base came to.
 *
 * @param passed runs in which it passed
 * @param failed runs in which it failed, was skipped, or was not reported
 */
public record TestHistory(int passed, int failed) {

    /** Of the test with this id, over runs that were asked for it; runs that were stopped say nothing. */
    static TestHistory of(String id, List<TestOutcome> runs) {
        int passed = 0;
        int failed = 0;
        for (TestOutcome run : runs) {
            if (run instanceof Completed completed) {
                if (passes(id, completed)) {
                    passed++;
                } else {
                    failed++;
                }
            }
        }
        return new TestHistory(passed, failed);
    }

    private static boolean passes(String id, Completed run) {
        Optional<TestResult> own =
                run.results().stream().filter(result -> result.id().equals(id)).findFirst();
        return own.filter(result -> result.status() == Status.PASSED).isPresent();
    }

    /** The base alone makes it pass and fail. */
    public boolean isFlaky() {
        return passed > 0 && failed > 0;
    }

    public int runs() {
        return passed + failed;
    }
}
