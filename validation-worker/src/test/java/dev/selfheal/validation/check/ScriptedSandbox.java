package dev.selfheal.validation.check;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.CompileJob;
import dev.selfheal.validation.sandbox.CompileOutcome;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers as a test tells it to, and remembers what it was asked. */
final class ScriptedSandbox implements Sandbox {

    final List<TestJob> tested = new ArrayList<>();
    final List<CompileJob> compiled = new ArrayList<>();

    final List<TaskJob> ran = new ArrayList<>();

    private Function<TaskJob, TaskOutcome> tasks =
            job -> new TaskOutcome.Stopped(new Containment(Containment.Kind.UNAVAILABLE, "not scripted"));
    private Function<TestJob, TestOutcome> tests = job -> completed();
    private Function<CompileJob, CompileOutcome> compiler = job -> new CompileOutcome.Refused(List.of());

    ScriptedSandbox onTest(Function<TestJob, TestOutcome> answer) {
        tests = answer;
        return this;
    }

    ScriptedSandbox onTask(Function<TaskJob, TaskOutcome> answer) {
        tasks = answer;
        return this;
    }

    ScriptedSandbox onCompile(Function<CompileJob, CompileOutcome> answer) {
        compiler = answer;
        return this;
    }

    static TestOutcome completed(TestResult... results) {
        return new TestOutcome.Completed(List.of(results), Duration.ofMillis(5));
    }

    static TestResult passed(String id) {
        return new TestResult(id, Status.PASSED, Duration.ofMillis(1), Optional.empty());
    }

    static TestResult skipped(String id) {
        return new TestResult(id, Status.SKIPPED, Duration.ZERO, Optional.empty());
    }

    static TestResult failed(String id, String type, String... frames) {
        StringBuilder trace = new StringBuilder(type + ": oh\n");
        for (String frame : frames) {
            trace.append("\tat ").append(frame).append("(X.java:1)\n");
        }
        return new TestResult(
                id, Status.FAILED, Duration.ofMillis(1), Optional.of(new Failure(type, "oh", trace.toString())));
    }

    @Override
    public Isolation isolation() {
        return Isolation.BUBBLEWRAP;
    }

    @Override
    public CompileOutcome compile(CompileJob job) {
        compiled.add(job);
        return compiler.apply(job);
    }

    @Override
    public TestOutcome test(TestJob job) {
        tested.add(job);
        return tests.apply(job);
    }

    @Override
    public TaskOutcome run(TaskJob job) {
        ran.add(job);
        return tasks.apply(job);
    }

    @Override
    public void close() {}
}
