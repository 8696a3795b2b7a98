package dev.selfheal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.errors.RetriableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GitCommandTest {

    private static final String[] ENDLESS = {"-c", "alias.wait=!exec sleep 4711", "wait"};

    @TempDir
    private Path folder;

    @Test
    void shouldReturnWhatGitPrints() throws Exception {
        assertThat(git(Duration.ofSeconds(30)).run("version")).startsWith("git version");
    }

    @Test
    void shouldBeRetriableWhenGitFails() {
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> git(Duration.ofSeconds(30)).run("no-such-command"))
                .withMessageContaining("no-such-command");
    }

    @Test
    void shouldKillGitAndSayThatItWasInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> git(Duration.ofSeconds(30)).run(ENDLESS));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        awaitNoneLeft();
    }

    @Test
    void shouldKillGitAndItsChildrenWhenItTakesTooLong() throws Exception {
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> git(Duration.ofMillis(500)).run(ENDLESS))
                .withMessageContaining("took longer");
        awaitNoneLeft();
    }

    private GitCommand git(Duration timeout) {
        return new GitCommand(folder, timeout);
    }

    /** Killing is asynchronous; what is not killed would run for more than an hour. */
    private static void awaitNoneLeft() throws Exception {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        for (ProcessHandle process : left) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
