package dev.selfheal.validation.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What running tests came to. */
public sealed interface TestOutcome {

    /** Every selected test was run and reported by the runner itself (nonce and counts agree). */
    record Completed(List<TestResult> results, Duration duration) implements TestOutcome {}

    /** The run was stopped, died, or its report cannot be trusted: it proves nothing. */
    record Stopped(Containment containment) implements TestOutcome {}

    enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * @param id stable across runs: {@code pkg.Class#method} with the invocation for parameterised tests
     */
    record TestResult(String id, Status status, Duration duration, Optional<Failure> failure) {}

    /**
     * @param exceptionType fully qualified type of the outermost exception
     * @param stackTrace as printStackTrace prints it, at most 64 KiB
     */
    record Failure(String exceptionType, String message, String stackTrace) {}
}
