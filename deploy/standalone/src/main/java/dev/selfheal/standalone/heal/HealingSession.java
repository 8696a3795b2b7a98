package dev.selfheal.standalone.heal;

import dev.selfheal.standalone.loop.CaseHistory;
import dev.selfheal.standalone.loop.ErrorSender;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.loop.LoopFollower;
import dev.selfheal.standalone.loop.LoopListener;
import dev.selfheal.standalone.stack.Stack;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Heals through the topics: publishes the policy, lets the service fail, and follows what comes of it. */
public final class HealingSession {

    private final StackSource stackSource;
    private final Reproducer reproducer;
    private final LoopListener view;
    private final Progress progress;
    private final Clock clock;

    public HealingSession(
            StackSource stackSource, Reproducer reproducer, LoopListener view, Progress progress, Clock clock) {
        this.stackSource = stackSource;
        this.reproducer = reproducer;
        this.view = view;
        this.progress = progress;
        this.clock = clock;
    }

    /** How it ended and what was seen on the way. */
    public record Result(HealingOutcome outcome, CaseHistory history) {}

    /**
     * Blocks until the case has ended or the task's time is over.
     *
     * @throws CannotHealException when the failure cannot be shown
     * @throws IOException when the intake does not take the error
     */
    public Result heal(HealingTask task) throws CannotHealException, IOException, InterruptedException {
        String stackTrace = task.test().isPresent()
                ? fail(task, task.test().get())
                : task.stackTrace().orElseThrow();
        Stack stack = stackSource.ready();
        stack.publish(task.policy());
        CaseHistory history = new CaseHistory();
        try (LoopFollower follower =
                new LoopFollower(stack.follower(), stack.topics(), task.service(), List.of(history, view))) {
            new ErrorSender(stack.ingestUrl()).send(failure(task, stackTrace), clock.instant());
            long sent = System.nanoTime();
            HealingOutcome outcome = follower.follow(history, task.timeout());
            progress.took("errorToOutcome", since(sent));
            return new Result(outcome, history);
        }
    }

    private String fail(HealingTask task, String selector) throws CannotHealException, InterruptedException {
        long start = System.nanoTime();
        progress.step("build", "compiling " + task.commit().substring(0, 10) + " with its own Maven build");
        Baseline baseline = reproducer.build(task.policy().getSource(), task.commit());
        progress.took("build", since(start));
        start = System.nanoTime();
        progress.step("failure", "running " + selector);
        Failure failure = reproducer.fail(baseline, selector);
        progress.took("failure", since(start));
        return failure.stackTrace();
    }

    private static ErrorSender.Failure failure(HealingTask task, String stackTrace) {
        return new ErrorSender.Failure(task.service(), task.commit(), stackTrace, task.test());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
