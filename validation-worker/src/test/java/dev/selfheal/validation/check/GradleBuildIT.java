package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.SampleProject;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.baseline.BuildSettings;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base built by the Gradle of this machine, and patches of it in a real sandbox. */
class GradleBuildIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private static Path temp;

    private static SampleProject project;
    private static Baseline baseline;
    private static Sandbox sandbox;

    @BeforeAll
    static void build() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gradle"))),
                "there is no gradle on PATH");
        project = SampleProject.withGradle(
                Files.createDirectory(temp.resolve("shops")),
                List.of(jarOf(org.junit.Test.class), jarOf(Class.forName("org.hamcrest.Matcher"))));
        SourceMirrors mirrors = new SourceMirrors(temp.resolve("mirrors"));
        Baselines baselines = new Baselines(
                temp.resolve("baselines"),
                mirrors,
                BuildSettings.defaults("mvn"),
                new BuildSettings("gradle", List.of("--offline"), Duration.ofMinutes(5)),
                new Baselines.Bounds(10, 1L << 30),
                Clock.systemUTC());
        SourceRepository repository = SourceRepository.newBuilder(project.repository())
                .setBuild("gradle")
                .build();
        baseline = baselines.of(repository, mirrors.resolve(repository, Optional.empty()));
        sandbox = Sandboxes.open(
                SandboxConfig.defaults().withStateDirectory(Files.createDirectory(temp.resolve("state"))));
    }

    @AfterAll
    static void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void shouldKnowOfEachProjectWhatGradleKnows() {
        assertThat(baseline.modules())
                .extracting(module -> module.directory().getFileName().toString())
                .containsExactly("cart", "shop");
        ProjectModule shop = baseline.modules().get(1);
        assertThat(shop.sourceRoots()).containsExactly(shop.directory().resolve("src/main/java"));
        assertThat(shop.testRoots()).containsExactly(shop.directory().resolve("src/test/java"));
        assertThat(shop.javacOptions()).startsWith("-source", "8", "-target", "8");
        assertThat(shop.encoding()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(shop.testClasspath())
                .startsWith(shop.testClasses(), shop.mainClasses())
                .extracting(path -> path.getFileName().toString())
                .contains("cart.jar")
                .anyMatch(name -> name.startsWith("junit-4"));
        assertThat(baseline.indexes(baseline.modules().get(0)).main().contains("org.example.Cart"))
                .isTrue();
    }

    @Test
    void shouldProveAFixOfAGradleProject() throws Exception {
        Trial trial = trial("            if (price != null) { sum += price; }");

        assertThat(new ReproductionCheck(sandbox, TIMEOUT).run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        CheckReport tests = new AffectedTestsCheck(sandbox, new AffectedTests(10), TIMEOUT).run(trial);
        assertThat(tests.outcome()).as(tests.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.tests().run()).isEqualTo(2);
    }

    @Test
    void shouldRefuteAPatchThatBreaksATestOfAGradleProject() throws Exception {
        Trial trial = trial("            sum = 4;");

        CheckReport tests = new AffectedTestsCheck(sandbox, new AffectedTests(10), TIMEOUT).run(trial);
        assertThat(tests.outcome()).as(tests.toString()).isEqualTo(CheckOutcome.FAILED);
        assertThat(tests.summary()).contains("CartTest#totalAddsPrices");
    }

    private static Trial trial(String line) throws Exception {
        String path = "cart/" + SampleProject.CART;
        CandidatePatch candidate = Proposals.candidate(Proposals.edit(
                path,
                project.read(path),
                SampleProject.BUG_LINE,
                List.of(SampleProject.CART_LINES.get(SampleProject.BUG_LINE - 1)),
                List.of(line)));
        ErrorEvent event = Proposals.event(
                "java.lang.NullPointerException",
                Reproduction.newBuilder()
                        .setSelector(Proposals.REPRODUCTION)
                        .setModule("cart")
                        .build());
        Trial trial = Trials.trial(
                baseline, candidate, event, AutonomyPolicy.newBuilder().build());
        for (Check check : List.of(
                new AppliesCheck((repository, commit, changes) -> "tree"),
                new ParsesCheck(),
                new CompilesCheck(sandbox, TIMEOUT))) {
            CheckReport report = check.run(trial);
            assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        }
        return trial;
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
