package dev.selfheal.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerThreadsTest {

    private final AnswerThreads threads = AnswerThreads.start();
    private final CountDownLatch read = new CountDownLatch(1);

    @AfterEach
    void stop() {
        read.countDown();
        threads.close();
    }

    @Test
    void shouldWriteOneAfterTheOtherOnOneThread() throws Exception {
        List<CompletableFuture<String>> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<String> name = new CompletableFuture<>();
            names.add(name);
            threads.execute(() -> name.complete(Thread.currentThread().getName()));
        }

        for (CompletableFuture<String> name : names) {
            assertThat(name.get(30, TimeUnit.SECONDS)).startsWith("answer");
        }
    }

    @Test
    void shouldWriteOthersWhileManyAreHeld() throws Exception {
        for (int i = 0; i < 20; i++) {
            threads.execute(this::hold);
        }
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {}, threads);

        other.get(30, TimeUnit.SECONDS);
        assertThat(threads.running()).isBetween(20, 22);
    }

    @Test
    void shouldKeepOneThreadWhenNothingIsLeftToDo() throws Exception {
        List<CompletableFuture<Void>> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(CompletableFuture.runAsync(this::hold, threads));
        }
        CompletableFuture.runAsync(() -> {}, threads).get(30, TimeUnit.SECONDS);
        read.countDown();
        for (CompletableFuture<Void> each : held) {
            each.get(30, TimeUnit.SECONDS);
        }

        do { // the class's time limit ends it
            CompletableFuture.runAsync(() -> {}, threads).get(30, TimeUnit.SECONDS);
        } while (threads.running() > 1);
    }

    @Test
    void shouldGoOnWhenAnAnswerFails() throws Exception {
        threads.execute(() -> {
            throw new IllegalStateException("the connection is gone");
        });

        CompletableFuture.runAsync(() -> {}, threads).get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldWriteWhatCameBeforeTheEnd() throws Exception {
        threads.execute(this::hold);
        CompletableFuture<Void> last = CompletableFuture.runAsync(() -> {}, threads);

        threads.close();
        read.countDown();

        last.get(30, TimeUnit.SECONDS);
    }

    private void hold() {
        try {
            read.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
