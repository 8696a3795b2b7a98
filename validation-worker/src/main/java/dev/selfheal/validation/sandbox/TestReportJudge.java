package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import dev.selfheal.validation.sandbox.runner.Canaries;
import dev.selfheal.validation.sandbox.runner.TestReport;
import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a sealed report can be true: every planned test reported, every canary as it must be, those among the
 * project's tests too.
 */
final class TestReportJudge {

    private TestReportJudge() {}

    static TestOutcome judge(TestReport report, HiddenCanaries hidden, long nanos) {
        return lie(report, hidden.known())
                .or(() -> hidden.lie(report.entries()))
                .<TestOutcome>map(detail -> new Stopped(new Containment(Kind.FORGED, detail)))
                .orElseGet(() -> new Completed(
                        report.entries().stream()
                                .filter(entry -> !hidden.isCanary(entry))
                                .map(TestReportJudge::result)
                                .toList(),
                        Duration.ofNanos(nanos)));
    }

    private static Optional<String> lie(TestReport report, int canaries) {
        long reported = report.entries().stream().filter(Entry::inPlan).count();
        if (reported != report.planned()) {
            return Optional.of(report.planned() + " tests were planned and " + reported + " of them reported");
        }
        if (report.canaries().size() != canaries) {
            return Optional.of(report.canaries().size() + " of " + canaries + " canary tests reported");
        }
        return report.canaries().stream()
                .filter(canary -> canary.status() != expected(canary.id()))
                .findFirst()
                .map(canary -> "canary test " + canary.id() + " must be " + expected(canary.id()) + " and was "
                        + canary.status());
    }

    private static Status expected(String canary) {
        return canary.endsWith("#" + Canaries.MUST_PASS) ? Status.PASSED : Status.FAILED;
    }

    private static TestResult result(Entry entry) {
        TestOutcome.Status status = TestOutcome.Status.valueOf(entry.status().name());
        Optional<Failure> failure = entry.status() == Status.FAILED
                ? Optional.of(new Failure(entry.exceptionType(), entry.message(), entry.stackTrace()))
                : Optional.empty();
        return new TestResult(entry.id(), status, Duration.ofNanos(entry.nanos()), failure);
    }
}
