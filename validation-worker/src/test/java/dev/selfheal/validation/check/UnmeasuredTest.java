package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Consequence;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ClassIndex;
import dev.selfheal.validation.baseline.CompiledSources;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.edit.GitTree;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.runner.AnalysisReport;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Severity;
import dev.selfheal.validation.sandbox.runner.Encoded;
import dev.selfheal.validation.sandbox.runner.ObservationReport;
import dev.selfheal.validation.sandbox.runner.ObservationReport.Cost;
import dev.selfheal.validation.sandbox.runner.ReplayReport;
import dev.selfheal.validation.sandbox.runner.ReplayReport.End;
import dev.selfheal.validation.verdict.Decision;
import dev.selfheal.validation.verdict.DecisionRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A check that could not look at the patch must never pass for one that found nothing. */
class UnmeasuredTest {

    private static final String TEXT = "package org.example; public class Cart { public int total() { return 1; } }";
    private static final String CALL = "org.example.Cart#total[] of sample 0 with []";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path root;

    private final ScriptedSandbox sandbox = new ScriptedSandbox();
    private Baseline baseline;

    @BeforeEach
    void base() throws Exception {
        Map<String, byte[]> classes =
                CompiledSources.compile(Map.of("org/example/Cart.java", TEXT), root.resolve("scratch"));
        Path main = Files.createDirectories(root.resolve("target/classes/org/example"));
        Files.write(main.resolve("Cart.class"), classes.get("org.example.Cart"));
        Files.createDirectories(root.resolve("target/test-classes"));
        Path src = Files.createDirectories(root.resolve("src/main/java/org/example"));
        Files.writeString(src.resolve("Cart.java"), TEXT + "\n");
        Files.createDirectories(root.resolve("src/test/java"));
        baseline = Trials.baseline(root);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNotApproveWhenTheAnalysersAreStoppedWithThePatchAlone(Kind kind) throws Exception {
        onlyThePatchIsStopped(kind, Encoded.of(new AnalysisReport(List.of(), List.of())));

        Tried tried = run(proven(), new StaticAnalysisCheck(sandbox, TIMEOUT));

        assertThat(decide(tried))
                .isInstanceOf(kind == Kind.FORGED ? Decision.Rejected.class : Decision.NeedsReview.class);
        assertThat(tried.trial().containments()).hasSize(1);
    }

    @Test
    void shouldSayWhatAnAnalyserLeavesOutOnlyWithThePatch() throws Exception {
        sandbox.onTask(job -> Encoded.of(new AnalysisReport(
                List.of(), sandbox.ran.size() == 1 ? List.of("long ago") : List.of("long ago", "total()"))));

        Tried tried = run(proven(), new StaticAnalysisCheck(sandbox, TIMEOUT));

        assertThat(messages(tried)).singleElement().asString().contains("not analysed: total()");
        assertThat(decide(tried)).isInstanceOf(Decision.NeedsReview.class);
    }

    @Test
    void shouldOnlyNoteWhatIsNotAnalysedWhereThePolicyOnlyNotesWhatIsFound() throws Exception {
        onlyThePatchIsStopped(Kind.TIMEOUT, Encoded.of(new AnalysisReport(List.of(), List.of())));
        Trial trial = proven(CheckPolicy.newBuilder()
                .setAnalysisHigh(Consequence.NOTE)
                .setAnalysisMedium(Consequence.NOTE)
                .build());

        Tried tried = run(trial, new StaticAnalysisCheck(sandbox, TIMEOUT));

        assertThat(tried.results().get(0).getFindings())
                .extracting(Finding::getLevel)
                .containsExactly(FindingLevel.NOTE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNotApproveWhenTheTestsOnMutantsAreStopped(Kind kind) throws Exception {
        sandbox.onTask(job -> stopped(kind));

        Tried tried = run(proven(), new MutationCheck(sandbox, TIMEOUT));

        assertThat(decide(tried))
                .isInstanceOf(kind == Kind.FORGED ? Decision.Rejected.class : Decision.NeedsReview.class);
        assertThat(tried.trial().containments()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNotApproveWhenTheWatchedTestsAreStoppedWithThePatch(Kind kind) throws Exception {
        onlyThePatchIsStopped(kind, Encoded.of(new ObservationReport(List.of(), true, List.of())));

        Tried tried = run(proven(), new BehaviourCheck(sandbox, new Observations(sandbox, TIMEOUT)));

        assertThat(decide(tried))
                .isInstanceOf(kind == Kind.FORGED ? Decision.Rejected.class : Decision.NeedsReview.class);
        assertThat(tried.results().get(0).getOutcome()).isNotEqualTo(CheckOutcome.PASSED);
        assertThat(tried.trial().containments()).hasSize(1);
    }

    @Test
    void shouldNotApproveWhenCallsAreStoppedWithThePatch() throws Exception {
        replays(returned("returns 1"), stopped(Kind.TIMEOUT));

        Tried tried = run(proven(), new BehaviourCheck(sandbox, new Observations(sandbox, TIMEOUT)));

        assertThat(decide(tried)).isInstanceOf(Decision.NeedsReview.class);
    }

    @ParameterizedTest
    @CsvSource({
        "returns 1, ALL, returns 2, ALL, 1",
        "returns 1, ALL, returns 1, ALL, 0",
        "returns 1, ALL, does not end, ENDLESS, 1",
        "throws java.lang.NullPointerException, ALL, returns 0, ALL, 0",
        "throws java.lang.NullPointerException, ALL, does not end, ENDLESS, 1",
        "throws java.lang.IllegalStateException, ALL, returns 0, ALL, 1",
        "returns 1, ALL, ends otherwise each time, ALL, 1",
        "ends otherwise each time, ALL, returns 1, ALL, 0",
        "does not end, ENDLESS, returns 1, ALL, 0",
        "returns 1, ALL, , ALL, 1",
        "returns 1, ALL, , TIME, 0"
    })
    void shouldCountCallsThatEndOtherwise(String before, End end, String after, End afterEnd, int changed)
            throws Exception {
        replays(
                Encoded.of(new ReplayReport(Map.of(CALL, before), end)),
                Encoded.of(new ReplayReport(after == null ? Map.of() : Map.of(CALL, after), afterEnd)));

        Tried tried = run(proven(), new BehaviourCheck(sandbox, new Observations(sandbox, TIMEOUT)));

        assertThat(tried.trial().behaviour().changed()).isEqualTo(changed);
    }

    @Test
    void shouldAskTheBaseAgainWhenItsTimeWasUpBeforeTheLastCall() throws Exception {
        replays(Encoded.of(new ReplayReport(Map.of(), End.TIME)), returned("returns 1"));
        BehaviourCheck check = new BehaviourCheck(sandbox, new Observations(sandbox, TIMEOUT));

        run(proven(), check);
        run(proven(), check);

        assertThat(sandbox.ran).filteredOn(job -> job.task().equals("replay")).hasSize(4);
    }

    @Test
    void shouldNotSignACostThatWasNotMeasured() throws Exception {
        sandbox.onTask(job -> sandbox.ran.size() == 1 ? costs(1_000) : costs());

        Tried tried = run(proven(), new PerformanceCheck(new Observations(sandbox, TIMEOUT)));

        assertThat(tried.results().get(0).getOutcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(tried.trial().cost()).isEmpty();
    }

    @Test
    void shouldNotRefuteASlownessThatCouldNotBeConfirmed() throws Exception {
        sandbox.onTask(job -> switch (sandbox.ran.size()) {
            case 1 -> costs(1_000_000);
            case 2 -> costs(100_000_000);
            default -> stopped(Kind.UNAVAILABLE);
        });

        Tried tried = run(proven(), new PerformanceCheck(new Observations(sandbox, TIMEOUT)));

        assertThat(decide(tried)).isInstanceOf(Decision.NeedsReview.class);
    }

    @Test
    void shouldNotKeepEvidenceOfACheckThatDoesNotCount() throws Exception {
        CountDownLatch measured = new CountDownLatch(1);
        Check refuting = named("refuting", any -> {
            measured.await();
            return CheckReport.refuted(CheckReport.finding("SH-TEST", FindingLevel.ERROR, "no"));
        });
        Check mutation = named("mutation", any -> {
            measured.countDown();
            return CheckReport.passed("6 of 6").with(trial -> trial.mutation(new MutationEvidence(6, 6)));
        });
        try (Lanes lanes = new Lanes(2);
                CheckPipeline pipeline =
                        new CheckPipeline(List.of(Stage.of(refuting, mutation)), List.of(), lanes, () -> 0)) {
            Tried tried = pipeline.run(proven());

            assertThat(tried.results()).hasSize(1);
            assertThat(tried.trial().mutation()).isEqualTo(MutationEvidence.none());
        }
    }

    @Test
    void shouldKeepTheViolationsOfAModuleWhenAnotherHasNoRules() throws Exception {
        Files.writeString(
                Files.createDirectories(root.resolve("one")).resolve("checkstyle.xml"), "<module name=\"Checker\"/>");
        ProjectModule one = module("one");
        ProjectModule two = module("two");
        Baseline both = new Baseline(
                Trials.COMMIT,
                root,
                GitTree.list(root),
                List.of(one, two),
                Map.of(one.directory(), indexes(one), two.directory(), indexes(two)),
                new KnownResults());
        Issue violation = new Issue("CHECKSTYLE-MagicNumber", Severity.LOW, "id", "4711", "one/A.java", 1, 0);
        sandbox.onTask(job -> Encoded.of(new AnalysisReport(List.of(violation), List.of())));
        Trial trial = Trials.under(
                CheckPolicy.newBuilder().setLint(Consequence.REFUTE).build(),
                Trials.trial(both, Proposals.candidate()));
        trial.applied(new AppliedPatch(List.of(), ""), "tree");
        trial.compiled(one, Map.of());
        trial.compiled(two, Map.of());

        CheckReport report = new LintCheck(sandbox, TIMEOUT).run(trial);

        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
    }

    private Trial proven() throws Exception {
        return proven(CheckPolicy.newBuilder().build());
    }

    private Trial proven(CheckPolicy policy) throws Exception {
        String path = "src/main/java/org/example/Cart.java";
        Trial trial = Trials.under(
                policy,
                Trials.trial(
                        baseline,
                        Proposals.candidate(Proposals.edit(
                                path,
                                Files.readAllBytes(root.resolve(path)),
                                1,
                                List.of(TEXT),
                                List.of(TEXT.replace("return 1", "return 2"))))));
        CheckReport applied = new AppliesCheck((repository, commit, changes) -> "tree").run(trial);
        CheckReport parsed = new ParsesCheck().run(trial);
        assertThat(List.of(applied.outcome(), parsed.outcome())).containsOnly(CheckOutcome.PASSED);
        trial.compiled(baseline.modules().get(0), Map.of("org.example.Cart", new byte[] {1}));
        trial.tested(baseline.modules().get(0), List.of("org.example.CartTest"));
        trial.reproduction(new ReproductionEvidence(Optional.of("x#y"), true, true, false));
        trial.tests(new TestEvidence(3, 3, 3, 0, 0));
        return trial;
    }

    private static TaskOutcome stopped(Kind kind) {
        return new TaskOutcome.Stopped(new Containment(kind, "for a reason"));
    }

    /** Every task is asked of the base and then of the patch. */
    private void onlyThePatchIsStopped(Kind kind, TaskOutcome base) {
        sandbox.onTask(job -> sandbox.ran.size() % 2 == 1 ? base : stopped(kind));
    }

    private void replays(TaskOutcome base, TaskOutcome patched) {
        TaskOutcome watched = Encoded.of(new ObservationReport(List.of(), true, List.of()));
        sandbox.onTask(job -> {
            if (job.task().equals("observe")) {
                return watched;
            }
            long replays = sandbox.ran.stream()
                    .filter(each -> each.task().equals("replay"))
                    .count();
            return replays % 2 == 1 ? base : patched;
        });
    }

    private static TaskOutcome returned(String outcome) {
        return Encoded.of(new ReplayReport(Map.of(CALL, outcome), End.ALL));
    }

    private static TaskOutcome costs(long... nanos) {
        List<Cost> costs = nanos.length == 0 ? List.of() : List.of(new Cost("org.example.CartTest#a", nanos[0], 1_000));
        return Encoded.of(new ObservationReport(costs, true, List.of()));
    }

    private static Tried run(Trial trial, Check check) throws Exception {
        return new CheckPipeline(List.of(check), () -> 0).run(trial);
    }

    private static Decision decide(Tried tried) {
        return DecisionRule.decide(
                tried, Isolation.BUBBLEWRAP, AutonomyPolicy.newBuilder().build(), 0.99);
    }

    private static List<String> messages(Tried tried) {
        return tried.results().stream()
                .flatMap(result -> result.getFindings().stream())
                .map(Finding::getMessage)
                .toList();
    }

    private ProjectModule module(String name) throws Exception {
        Path folder = root.resolve(name);
        return new ProjectModule(
                folder,
                Files.createDirectories(folder.resolve("target/classes")),
                Files.createDirectories(folder.resolve("target/test-classes")),
                List.of(folder.resolve("src/main/java")),
                List.of(folder.resolve("src/test/java")),
                List.of(folder.resolve("target/classes")),
                List.of(),
                StandardCharsets.UTF_8);
    }

    private static Baseline.Indexes indexes(ProjectModule module) throws Exception {
        return new Baseline.Indexes(ClassIndex.read(module.mainClasses()), ClassIndex.read(module.testClasses()));
    }

    @FunctionalInterface
    private interface Answer {

        CheckReport give(Trial trial) throws InterruptedException;
    }

    private static Check named(String name, Answer answer) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CheckReport run(Trial trial) throws InterruptedException {
                return answer.give(trial);
            }
        };
    }
}
