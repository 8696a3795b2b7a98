package dev.selfheal.runtime;

import java.util.function.Consumer;

/**
 * One record's work on a worker thread, which may be cancelled at any time, also before it starts. Ends in exactly one of
 * three ways: finished, cancelled, or failed.
 */
final class RunningTask implements Runnable {

    private final Work work;
    private final Runnable finished;
    private final Consumer<Throwable> failed;
    private final Consumer<RunningTask> ended;
    private Thread thread;
    private boolean cancelled;

    /**
     * @param finished called when the work is done
     * @param failed called when it ended in a way nobody foresaw
     * @param ended called last, in any case
     */
    RunningTask(Work work, Runnable finished, Consumer<Throwable> failed, Consumer<RunningTask> ended) {
        this.work = work;
        this.finished = finished;
        this.failed = failed;
        this.ended = ended;
    }

    @Override
    public void run() {
        try {
            if (enter()) {
                work.run();
                finished.run();
            }
        } catch (Throwable e) { // an Error must stop the worker, not vanish with its thread
            if (!isCancelled()) {
                failed.accept(e);
            }
        } finally {
            leave();
            ended.accept(this);
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized boolean enter() {
        if (!cancelled) {
            thread = Thread.currentThread();
        }
        return !cancelled;
    }

    /** From here on no interrupt can hit the thread on behalf of this task, and one that did is used up. */
    private synchronized void leave() {
        thread = null;
        if (cancelled) {
            Thread.interrupted();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @FunctionalInterface
    interface Work {

        void run() throws InterruptedException;
    }
}
