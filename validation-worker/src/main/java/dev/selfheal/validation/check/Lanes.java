package dev.selfheal.validation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Does things side by side, as many at a time as there are lanes, whoever asks. Thread-safe. */
public final class Lanes implements AutoCloseable {

    private final ExecutorService threads;

    /** @param count above 0 */
    public Lanes(int count) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "check-lane-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The answers in the order of the questions, up to and including the first that is the last: the same as if one had been
     * asked after the other. What comes after that one is interrupted.
     *
     * @throws RuntimeException the first one that a question threw
     */
    <T> List<T> run(List<? extends Callable<T>> questions, Predicate<T> isLast) throws InterruptedException {
        List<Future<T>> asked = new ArrayList<>();
        try {
            questions.forEach(question -> asked.add(threads.submit(question)));
            List<T> answers = new ArrayList<>();
            for (Future<T> each : asked) {
                T answer = each.get();
                answers.add(answer);
                if (isLast.test(answer)) {
                    break;
                }
            }
            return answers;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            asked.forEach(each -> each.cancel(true));
        }
    }

    private static RuntimeException rethrown(Throwable thrown) throws InterruptedException {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof InterruptedException) { // the lanes were closed
            InterruptedException interrupted = new InterruptedException("interrupted beside others");
            interrupted.initCause(thrown);
            throw interrupted;
        }
        return thrown instanceof RuntimeException bug ? bug : new IllegalStateException(thrown);
    }

    /** Interrupts what is being done. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
