package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;

/** Compiles and runs untrusted code. Thread-safe. Nothing of a job outlives its call. */
public interface Sandbox extends AutoCloseable {

    /** The isolation every job of this sandbox gets; proved once at start, not assumed. */
    Isolation isolation();

    /** For people and for evidence: the mechanisms in force, what they lack here, and why nothing stronger was taken. */
    default String isolationDetail() {
        return isolation().name();
    }

    /** The same for sandboxes in which the same tests come to the same results, as far as that can be known. */
    default String identity() {
        return isolationDetail() + " " + Runtime.version();
    }

    /** May get ready for these jobs, so that the first of them finds a warm JVM. Returns at once and promises nothing. */
    default void expect(ExpectedWork work) {}

    CompileOutcome compile(CompileJob job) throws InterruptedException;

    TestOutcome test(TestJob job) throws InterruptedException;

    /** Carries out one of the runner's tasks that measure and prove nothing. */
    TaskOutcome run(TaskJob job) throws InterruptedException;

    /** Runs a program over a project, with the same limits and without processes of its own. */
    default CommandOutcome command(CommandJob job) throws InterruptedException {
        return new CommandOutcome.Stopped(
                new Containment(Containment.Kind.UNAVAILABLE, "this sandbox runs no commands"));
    }

    @Override
    void close();
}
