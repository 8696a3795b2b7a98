package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.ScriptedSandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class KnownResultsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ProjectModule MODULE = module("/base");

    @TempDir
    private Path folder;

    private final ScriptedSandbox sandbox = new ScriptedSandbox();

    @Test
    void shouldRunASelectorOnceWhicheverWorkerAsks() throws Exception {
        TestOutcome first = ask(results(), "A");
        TestOutcome later = ask(results(), "A");
        assertThat(sandbox.jobs).hasSize(1);
        assertThat(later).isEqualTo(first);
    }

    @Test
    void shouldKeepTheTimeOfEachTest() throws Exception {
        results().of(sandbox, MODULE, List.of("A", "B"), LONG);
        Completed known = (Completed) ask(results(), "B");
        assertThat(known.results()).extracting(TestResult::duration).containsExactly(Duration.ofMillis(7));
        assertThat(known.duration()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void shouldRunAgainWhatAnotherSandboxRan() throws Exception {
        ask(results(), "A");
        sandbox.identity = "another JDK";
        ask(results(), "A");
        assertThat(sandbox.jobs).hasSize(2);
    }

    @Test
    void shouldTellTheSameSelectorsOfTwoModulesApart() throws Exception {
        KnownResults results = results();
        ask(results, "A");
        results.of(sandbox, module("/base/other"), List.of("A"), LONG);
        assertThat(sandbox.jobs).hasSize(2);
    }

    @Test
    void shouldNotBelieveAFailureThatWasSeenOnceInAnotherLife() throws Exception {
        sandbox.failing.add("A");
        assertThat(failures(ask(results(), "A"))).isEqualTo(1);
        sandbox.failing.clear();
        assertThat(failures(ask(results(), "A"))).isZero();
        assertThat(sandbox.jobs).hasSize(2);
    }

    @Test
    void shouldNotBelieveAFailureThatWasSeenOnceInThisLifeEither() throws Exception {
        KnownResults results = results();
        sandbox.failing.add("A");
        ask(results, "A");
        sandbox.failing.clear();
        assertThat(failures(ask(results, "A"))).isZero();
    }

    @Test
    void shouldBelieveAFailureThatWasSeenTwice() throws Exception {
        sandbox.failing.add("A");
        ask(results(), "A");
        ask(results(), "A");
        assertThat(failures(ask(results(), "A"))).isEqualTo(1);
        assertThat(sandbox.jobs).hasSize(2);
    }

    @Test
    void shouldTakeTheRunWithTheFewestFailuresForTheBase() throws Exception {
        KnownResults results = results();
        sandbox.failing.add("A");
        ask(results, "A");
        sandbox.failing.clear();
        results.repeated("A", 3, new KnownResults.Reruns(sandbox, MODULE, LONG, () -> false));
        assertThat(failures(ask(results, "A"))).isZero();
        assertThat(results().history(sandbox, MODULE, "A", "A#t").isFlaky())
                .as("known to the next worker as well")
                .isTrue();
    }

    @Test
    void shouldNotRememberWhatWasStoppedOverALife() throws Exception {
        sandbox.stopped = Optional.of(Containment.Kind.TIMEOUT);
        KnownResults results = results();
        ask(results, "A");
        ask(results, "A");
        ask(results, "A");
        assertThat(sandbox.jobs).as("stopped twice is enough").hasSize(2);
        sandbox.stopped = Optional.empty();
        assertThat(ask(results(), "A")).isInstanceOf(Completed.class);
    }

    @Test
    void shouldFindOutAgainWhatCannotBeRead() throws Exception {
        ask(results(), "A");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {0, 0, 0, 1, 127, -1, -1, -1});
            }
        }
        assertThat(ask(results(), "A")).isInstanceOf(Completed.class);
        assertThat(sandbox.jobs).hasSize(2);
    }

    @Test
    void shouldFindOutAgainWhatALossOfPowerLeftHalf() throws Exception {
        results().report(sandbox, task("analyse"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 33));
            }
        }
        results().report(sandbox, task("analyse"));
        assertThat(sandbox.tasks).containsExactly("analyse", "analyse");
    }

    @Test
    void shouldLetNobodyWaitForAnotherSelector() throws Exception {
        KnownResults results = results();
        sandbox.gate = Optional.of("Slow");
        CompletableFuture<TestOutcome> slow = CompletableFuture.supplyAsync(() -> askUnchecked(results, "Slow"));
        sandbox.atGate.await();
        CompletableFuture<TestOutcome> alsoSlow = CompletableFuture.supplyAsync(() -> askUnchecked(results, "Slow"));
        assertThat(ask(results, "Quick")).isInstanceOf(Completed.class);
        sandbox.open.countDown();
        assertThat(alsoSlow.join()).isEqualTo(slow.join());
        assertThat(sandbox.jobs).extracting(TestJob::selectors).containsOnlyOnce(List.of("Slow"));
    }

    @Test
    void shouldKeepAnalysesAndNoMeasurements() throws Exception {
        for (int life = 0; life < 2; life++) {
            KnownResults results = results();
            results.report(sandbox, task("analyse"));
            results.report(sandbox, task("observe"));
            results.report(sandbox, task("observe"));
        }
        assertThat(sandbox.tasks).containsExactly("analyse", "observe", "observe");
    }

    private KnownResults results() throws IOException {
        return new KnownResults(ResultStore.in(folder));
    }

    private TestOutcome ask(KnownResults results, String selector) throws InterruptedException {
        return results.of(sandbox, MODULE, List.of(selector), LONG).get(selector);
    }

    private TestOutcome askUnchecked(KnownResults results, String selector) {
        try {
            return ask(results, selector);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long failures(TestOutcome outcome) {
        return ((Completed) outcome)
                .results().stream()
                        .filter(result -> result.status() == Status.FAILED)
                        .count();
    }

    private static TaskJob task(String name) {
        return new TaskJob(name, List.of(), TaskJob.Order.of(new byte[] {1}), List.of(), Path.of("/"), LONG);
    }

    private static ProjectModule module(String directory) {
        Path root = Path.of(directory);
        return new ProjectModule(
                root,
                root.resolve("classes"),
                root.resolve("test-classes"),
                List.of(root.resolve("src")),
                List.of(root.resolve("test")),
                List.of(root.resolve("classes")),
                List.of(),
                StandardCharsets.UTF_8);
    }
}
