package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A sandbox that runs nothing and answers as told: each selector has one test, {@code t}, and a report is a zero. */
public final class ScriptedSandbox implements Sandbox {

    public final List<TestJob> jobs = new CopyOnWriteArrayList<>();
    public final List<String> tasks = new CopyOnWriteArrayList<>();
    public final Deque<TaskOutcome> answers = new ArrayDeque<>();
    public final Set<String> failing = new HashSet<>();
    public final CountDownLatch atGate = new CountDownLatch(1);
    public final CountDownLatch open = new CountDownLatch(1);
    public Optional<Containment.Kind> stopped = Optional.empty();
    public Optional<String> gate = Optional.empty();
    public String identity = "this";

    @Override
    public Isolation isolation() {
        return Isolation.PROCESS;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public CompileOutcome compile(CompileJob job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TestOutcome test(TestJob job) throws InterruptedException {
        jobs.add(job);
        if (gate.filter(job.selectors()::contains).isPresent()) {
            atGate.countDown();
            open.await();
        }
        if (stopped.isPresent()) {
            return new Stopped(new Containment(stopped.get(), "scripted"));
        }
        return new Completed(job.selectors().stream().map(this::result).toList(), Duration.ofMillis(100));
    }

    private TestResult result(String selector) {
        return failing.contains(selector)
                ? new TestResult(
                        selector + "#t",
                        Status.FAILED,
                        Duration.ofMillis(7),
                        Optional.of(new Failure("java.lang.Error", "scripted", "at A.t")))
                : new TestResult(selector + "#t", Status.PASSED, Duration.ofMillis(7), Optional.empty());
    }

    @Override
    public TaskOutcome run(TaskJob job) {
        tasks.add(job.task());
        return answers.isEmpty() ? new TaskOutcome.Reported(ByteBuffer.allocate(Integer.BYTES)) : answers.pop();
    }

    @Override
    public void close() {}
}
