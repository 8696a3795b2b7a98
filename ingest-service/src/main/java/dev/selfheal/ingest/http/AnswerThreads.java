package dev.selfheal.ingest.http;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes answers whose events were stored meanwhile. Writing one waits for a client that does not read: neither the thread
 * that Kafka acknowledges on nor the spool's may do that, for all others' events wait for these.
 *
 * <p>One thread writes the answers of an acknowledged batch one after the other, which wakes nobody. Another is started when
 * an answer has waited and none was begun for a moment; of those that have nothing to do one stays. Thread-safe.
 */
final class AnswerThreads implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerThreads.class);

    /** As many clients that do not read, each until its connection's idle time is over, keep nobody waiting. */
    private static final int MOST = 128;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger running = new AtomicInteger(1);
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    private AnswerThreads() {}

    static AnswerThreads start() {
        AnswerThreads threads = new AnswerThreads();
        thread("answer", threads::write).start();
        thread("answer-watch", threads::watch).start();
        return threads;
    }

    @Override
    public void execute(Runnable answer) {
        waiting.add(answer);
    }

    /** Answers not begun yet are still written, for as long as the process is there. */
    @Override
    public void close() {
        closed.countDown();
        waiting.add(() -> {}); // wakes the thread that waits for one
    }

    /** Threads that write answers, or wait for one. */
    int running() {
        return running.get();
    }

    private void write() {
        try {
            for (Runnable answer = next(); answer != null; answer = next()) {
                write(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.decrementAndGet();
        }
    }

    /** Null for a thread that is not needed any more. */
    private Runnable next() throws InterruptedException {
        Runnable answer = waiting.poll();
        if (answer != null) {
            return answer;
        }
        boolean stays = idle.incrementAndGet() == 1 && closed.getCount() > 0;
        try {
            return stays ? waiting.take() : null;
        } finally {
            idle.decrementAndGet();
        }
    }

    private void write(Runnable answer) {
        begun.incrementAndGet();
        try {
            answer.run();
        } catch (RuntimeException | Error e) { // the next answer is another client's
            LOG.warn("an answer could not be written", e);
        }
    }

    private void watch() {
        long before = -1;
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = begun.get();
                if (now == before && !waiting.isEmpty() && running.get() < MOST) {
                    running.incrementAndGet();
                    thread("answer", this::write).start();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
