package dev.selfheal.validation.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.StackFrame;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.check.AppliesCheck;
import dev.selfheal.validation.check.Check;
import dev.selfheal.validation.check.CheckPipeline;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.CompiledRiskCheck;
import dev.selfheal.validation.check.HostileTrials;
import dev.selfheal.validation.check.ParsesCheck;
import dev.selfheal.validation.check.PolicyCheck;
import dev.selfheal.validation.check.ReproductionCheck;
import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.RiskCheck;
import dev.selfheal.validation.check.TestEvidence;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.check.Trials;
import dev.selfheal.validation.confidence.Confidence;
import dev.selfheal.validation.sandbox.CompileJob;
import dev.selfheal.validation.sandbox.CompileOutcome;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import dev.selfheal.validation.sandbox.Sources;
import dev.selfheal.validation.verdict.Decision;
import dev.selfheal.validation.verdict.DecisionRule;
import dev.selfheal.validation.verdict.Incidents;
import dev.selfheal.validation.verdict.Judgement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every payload against the checks that run nothing, and against the sandbox as if those had let it through. */
class HostilePayloadsIT {

    private static final String SOURCE = "src/main/java/T.java";
    private static final String BROKEN =
            "public class T {\n    static int work() { throw new NullPointerException(\"broken\"); }\n}\n";
    private static final String TEST = """
            class Check {
                @org.junit.jupiter.api.Test
                void works() throws Throwable { org.junit.jupiter.api.Assertions.assertEquals(42, T.work()); }
            }
            """;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private static Path root;

    @TempDir
    private static Path host;

    private static Baseline baseline;
    private static Target target;
    private static ServerSocket listener;
    private static Optional<Sandbox> sandbox = Optional.empty();
    private static String withoutSandbox = "";

    @BeforeAll
    static void layOut() throws Exception {
        Files.createDirectories(root.resolve("src/main/java"));
        Files.createDirectories(root.resolve("src/test/java"));
        Files.writeString(root.resolve(SOURCE), BROKEN);
        Map<String, byte[]> classes = Sources.compile(BROKEN + TEST);
        write(root.resolve("target/classes/T.class"), classes.get("T"));
        write(root.resolve("target/test-classes/Check.class"), classes.get("Check"));
        baseline = Trials.baseline(root);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        target = new Target(Files.writeString(host.resolve("secret"), "secret"), listener.getLocalPort());
        try {
            sandbox = Optional.of(Sandboxes.open(SandboxConfig.defaults().withForced(Isolation.BUBBLEWRAP)));
        } catch (HealingException e) {
            withoutSandbox = e.getMessage();
        }
    }

    @AfterAll
    static void close() throws IOException {
        listener.close();
        sandbox.ifPresent(Sandbox::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAndNotApproveWhatLooksHostileBeforeItRuns(Payload payload) throws Exception {
        assumeTrue(!payload.ruleBefore().isEmpty(), "an honest fix does the same");
        Trial trial = Trials.with(
                trial(payload), new ReproductionEvidence(Optional.of("Check#works"), true, true), TestEvidence.none());
        List<Check> checks = List.of(
                new PolicyCheck(),
                new AppliesCheck((repository, commit, changes) -> "tree"),
                new ParsesCheck(),
                new RiskCheck(),
                new CompiledRiskCheck());

        Tried tried = new CheckPipeline(checks, () -> 0).run(trial);

        assertThat(rules(tried)).contains(payload.ruleBefore());
        if (tried.ending().isPresent()) {
            assertThat(decision(trial, tried)).isInstanceOf(Decision.Rejected.class);
            assertThat(incidents(trial, tried))
                    .extracting(SecurityIncident::getRule)
                    .contains(payload.ruleBefore());
        } else {
            assertThat(decision(trial, tried)).isInstanceOf(Decision.NeedsReview.class);
            // It names one rule, and several may have met it.
            assertThat(decision(trial, tried).reason())
                    .containsAnyOf(rules(tried).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldAndRefuseWhatRunsAllTheSame(Payload payload) throws Exception {
        assumeTrue(sandbox.isPresent(), withoutSandbox);
        assumeTrue(!payload.isNative() || System.getProperty("os.arch").equals("amd64"), "x86-64 code");
        Trial trial = trial(payload);
        Duration timeout = payload == Payload.NEVER_ENDS ? SHORT : TIMEOUT;
        Check reproduction = new ReproductionCheck(sandbox.get(), timeout);

        Tried tried = new CheckPipeline(List.of(reproduction), () -> 0).run(trial);

        assertThat(rules(tried)).as(tried.results().toString()).containsAnyElementsOf(payload.rulesWhenRun());
        assertThat(tried.ending().orElseThrow().getOutcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(decision(trial, tried)).isInstanceOf(Decision.Rejected.class);
        List<String> attacks = rules(tried).stream()
                .filter(rule -> rule.startsWith("SH-SANDBOX-"))
                .filter(rule -> !rule.equals("SH-SANDBOX-TIMEOUT")) // an honest mistake may never end either
                .toList();
        assertThat(incidents(trial, tried))
                .extracting(SecurityIncident::getRule)
                .containsAll(attacks);
        assertThat(target.hostFile()).hasContent("secret");
        assertThat(root.resolve("target/classes")).isDirectoryNotContaining("glob:**X.class");
    }

    /** What a patch may bring that is not code of a class: none of it gets as far as the compiler. */
    @ParameterizedTest
    @CsvSource({
        "src/main/resources/META-INF/services/javax.annotation.processing.Processor, SH-POLICY-SERVICE",
        "src/main/resources/META-INF/services/org.junit.platform.launcher.TestExecutionListener, SH-POLICY-SERVICE",
        "src/main/resources/slip.zip, SH-POLICY-PATH",
        "src/main/java/../../../../../slipped.java, SH-POLICY-ESCAPE",
        "/etc/cron.d/T.java, SH-POLICY-ESCAPE",
        "target/classes/T.java, SH-POLICY-PATH",
        "src/test/java/Check.java, SH-POLICY-TEST",
        "src/test/resources/junit-platform.properties, SH-POLICY-TEST",
        "src/main/java/.mvn/extensions.xml, SH-POLICY-BUILD",
        ".git/hooks/post-checkout, SH-POLICY-GIT"
    })
    void shouldRefuseFilesThatNoFixNeeds(String path, String rule) throws Exception {
        CandidatePatch patch = Proposals.candidate(FileEdit.newBuilder()
                .setPath(path)
                .setHunks(List.of(new Hunk(1, List.of(), List.of("x"))))
                .build());
        Trial trial = Trials.trial(baseline, patch);

        Tried tried = new CheckPipeline(List.of(new PolicyCheck()), () -> 0).run(trial);

        assertThat(rules(tried)).contains(rule);
        assertThat(decision(trial, tried)).isInstanceOf(Decision.Rejected.class);
    }

    /** {@code 1+1+…}: javac descends with the text's nesting. */
    @Test
    void shouldContainSourceThatOverflowsTheCompiler() throws Exception {
        assumeTrue(sandbox.isPresent(), withoutSandbox);
        String source = "class A { int x = " + "(1+".repeat(20_000) + "1" + ")".repeat(20_000) + "; }";

        CompileOutcome outcome =
                sandbox.get().compile(new CompileJob(Map.of("A.java", source), List.of(), List.of(), TIMEOUT));

        assertThat(outcome).isNotInstanceOf(CompileOutcome.Compiled.class);
    }

    private static Trial trial(Payload payload) throws IOException {
        String source = payload.source(target);
        CandidatePatch patch = Proposals.candidate(Proposals.edit(
                SOURCE,
                Files.readAllBytes(root.resolve(SOURCE)),
                1,
                BROKEN.lines().toList(),
                source.lines().toList()));
        Trial trial = Trials.trial(
                baseline,
                patch,
                event(),
                AutonomyPolicy.newBuilder().setMaxChangedLines(1000).build());
        return HostileTrials.compiled(trial, baseline, Sources.compile(source));
    }

    private static ErrorEvent event() {
        return ErrorEvent.newBuilder(Proposals.reproducible())
                .setReproduction(
                        Reproduction.newBuilder().setSelector("Check#works").build())
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType("java.lang.NullPointerException")
                        .setMessage("broken")
                        .setFrames(List.of(new StackFrame("T", "work", "T.java", 2, true)))
                        .build()))
                .build();
    }

    private static Decision decision(Trial trial, Tried tried) {
        return DecisionRule.decide(
                tried, Isolation.BUBBLEWRAP, trial.job().policy().getAutonomy(), 1);
    }

    private static List<SecurityIncident> incidents(Trial trial, Tried tried) {
        Judgement judgement =
                new Judgement(decision(trial, tried), Optional.of(tried), Confidence.NONE, List.of(tried));
        return Incidents.of(trial.job().proposal(), judgement, Instant.EPOCH);
    }

    private static List<String> rules(Tried tried) {
        return tried.results().stream()
                .flatMap(result -> result.getFindings().stream())
                .map(Finding::getRuleId)
                .toList();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
