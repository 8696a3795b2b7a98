package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.ScriptedSandbox;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.runner.CoverageReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {

    private static final Path ROOT = Path.of("/base");
    private static final ProjectModule MODULE = new ProjectModule(
            ROOT,
            ROOT.resolve("classes"),
            ROOT.resolve("test-classes"),
            List.of(),
            List.of(),
            List.of(ROOT.resolve("classes")),
            List.of(),
            StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final ScriptedSandbox sandbox = new ScriptedSandbox();

    @Test
    void shouldMeasureOneByOneWhenARunHadToBeStoppedAndGiveUpOnTheOneThatHangs() throws Exception {
        sandbox.answers.add(stopped(Containment.Kind.TIMEOUT));
        sandbox.answers.add(loaded(Map.of("A", Set.of("p.X"))));
        sandbox.answers.add(stopped(Containment.Kind.TIMEOUT));
        Coverage coverage = coverage();
        assertThat(measure(coverage, "A", "B")).isEqualTo(1);
        assertThat(coverage.of(sandbox, MODULE, "A")).hasValue(Set.of("p.X"));
        assertThat(coverage.of(sandbox, MODULE, "B")).isEmpty();
        assertThat(measure(coverage, "A", "B")).isZero();
        assertThat(sandbox.tasks).hasSize(3);
    }

    @Test
    void shouldTakeNoAnswerAboutATestClassForUnknownAndNotForNothing() throws Exception {
        sandbox.answers.add(loaded(Map.of("A", Set.of())));
        Coverage coverage = coverage();
        measure(coverage, "A", "B");
        assertThat(coverage.of(sandbox, MODULE, "A")).hasValue(Set.of());
        assertThat(coverage.of(sandbox, MODULE, "B")).isEmpty();
    }

    @Test
    void shouldTryAgainWhenTheSandboxWasAway() throws Exception {
        Coverage coverage = coverage();
        sandbox.answers.add(stopped(Containment.Kind.UNAVAILABLE));
        assertThat(measure(coverage, "A")).isZero();
        sandbox.answers.add(loaded(Map.of("A", Set.of("p.X"))));
        assertThat(measure(coverage, "A")).isEqualTo(1);
    }

    @Test
    void shouldBeginNoRunWhenTheTimeIsUp() throws Exception {
        assertThat(coverage()
                        .measure(
                                MODULE,
                                List.of(),
                                List.of("A"),
                                new Coverage.Measuring(sandbox, Duration.ofMinutes(1), () -> true)))
                .isZero();
        assertThat(sandbox.tasks).isEmpty();
    }

    @Test
    void shouldNotBelieveWhatAnotherSandboxMeasuredOrWhatCannotBeRead() throws Exception {
        sandbox.answers.add(loaded(Map.of("A", Set.of("p.X"))));
        measure(coverage(), "A");
        assertThat(coverage().of(sandbox, MODULE, "A")).isPresent();
        sandbox.identity = "another";
        assertThat(coverage().of(sandbox, MODULE, "A")).isEmpty();
        sandbox.identity = "this";
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {0, 0, 0, 1, 127});
            }
        }
        assertThat(coverage().of(sandbox, MODULE, "A")).isEmpty();
    }

    /** As a worker that begins now has it. */
    private Coverage coverage() throws IOException {
        return new Coverage(ResultStore.in(folder));
    }

    private int measure(Coverage coverage, String... tests) throws InterruptedException {
        return coverage.measure(
                MODULE,
                List.of(MODULE.mainClasses()),
                List.of(tests),
                new Coverage.Measuring(sandbox, Duration.ofMinutes(1), () -> false));
    }

    private static TaskOutcome loaded(Map<String, Set<String>> classes) throws IOException {
        return new TaskOutcome.Reported(ByteBuffer.wrap(new CoverageReport(classes).encode()));
    }

    private static TaskOutcome stopped(Containment.Kind kind) {
        return new TaskOutcome.Stopped(new Containment(kind, "scripted"));
    }
}
