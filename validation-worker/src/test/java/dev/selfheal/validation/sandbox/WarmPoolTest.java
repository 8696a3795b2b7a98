package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmPoolTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path project;

    private final Activity activity = new Activity();
    private final ExecutorService io = Executors.newCachedThreadPool();
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        io.shutdownNow();
    }

    @Test
    void shouldStartNothingAheadWhileAnotherPoolOfTheSandboxIsAskedSomething() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (WarmPool tests = WarmPool.ofMany(0, 1, inmate -> slow(answer), activity);
                WarmPool tasks = WarmPool.ofOneEach(1, 1, this::noted, activity)) {
            Future<Reply> asked = io.submit(() -> tests.exchange(inmate("test"), new byte[0], LONG));
            awaitBusy();

            tasks.expect(inmate("observe"));
            answer.countDown();
            asked.get(30, TimeUnit.SECONDS);

            assertThat(started.poll(30, TimeUnit.SECONDS)).isEqualTo("observe, quiet: true");
        }
    }

    @Test
    void shouldEndTheJvmsOfTheKindAskedForLongestAgoWhenThereAreMoreKindsThanItsBound() throws Exception {
        try (WarmPool tasks = WarmPool.ofOneEach(1, 1, this::noted, activity)) {
            tasks.expect(inmate("observe"));
            assertThat(started.poll(30, TimeUnit.SECONDS)).startsWith("observe");

            tasks.expect(inmate("mutants"));

            assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("observe");
            assertThat(started.poll(30, TimeUnit.SECONDS)).startsWith("mutants");
            assertThat(ended).isEmpty();
        }
        assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("mutants");
    }

    @Test
    void shouldUseTheJvmThatWaitsWhenItsSuccessorCannotBeStarted() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        WarmPool.Starter once = inmate -> {
            if (starts.incrementAndGet() > 1) {
                throw new IOException("no more processes");
            }
            return noted(inmate);
        };
        try (WarmPool tests = WarmPool.ofMany(1, 1, once, activity)) {
            tests.expect(inmate("test"));
            assertThat(started.poll(30, TimeUnit.SECONDS)).startsWith("test");

            Reply reply = tests.exchange(inmate("test"), new byte[0], LONG);

            assertThat(reply).isInstanceOf(Reply.Contained.class); // the mute says nothing, but it was asked
            assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("test");
        }
    }

    private void awaitBusy() {
        while (activity.isQuiet()) {
            Thread.onSpinWait();
        }
    }

    private SandboxJvm noted(Inmate inmate) {
        started.add(inmate.argv().get(0) + ", quiet: " + activity.isQuiet());
        String task = inmate.argv().get(0);
        return new SandboxJvm(new Mute(new CountDownLatch(0)), Limits.defaults(), io, () -> ended.add(task));
    }

    private SandboxJvm slow(CountDownLatch answer) {
        return new SandboxJvm(new Mute(answer), Limits.defaults(), io, answer::countDown);
    }

    private Inmate inmate(String task) {
        return new Inmate(List.of(project), project, List.of(task), Limits.defaults());
    }

    /** Says nothing, and ends when it is told to. */
    private static final class Mute extends Process {

        private final CountDownLatch end;

        Mute(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException();
                    }
                    return -1;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return read();
                }
            };
        }

        @Override
        public InputStream getErrorStream() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public int waitFor() throws InterruptedException {
            end.await();
            return 0;
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return end.await(timeout, unit);
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {
            end.countDown();
        }
    }
}
