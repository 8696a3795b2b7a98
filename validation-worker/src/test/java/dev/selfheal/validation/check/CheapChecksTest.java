package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that run nothing: integrity, policy, applies, parses, risk. */
class CheapChecksTest {

    private static final String FILE = "src/main/java/A.java";
    private static final String TEXT = "class A {\n  int a = 1;\n}\n";

    @TempDir
    private Path root;

    private Baseline baseline;

    @BeforeEach
    void layOutBase() throws IOException {
        Files.createDirectories(root.resolve("src/main/java"));
        Files.createDirectories(root.resolve("src/test/java"));
        Files.writeString(root.resolve(FILE), TEXT);
        Files.writeString(root.resolve("src/main/java/notes.txt"), "x\n");
        baseline = Trials.baseline(root);
    }

    @Test
    void shouldPassAnOrdinaryPatch() {
        Trial trial = trial(edit("  int a = 2;"));
        assertThat(integrity().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(new PolicyCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(applies().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(new ParsesCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(new RiskCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.tree()).isEqualTo("tree-of-1");
    }

    @Test
    void shouldRefuteAPatchUnderAnotherPatchsDigest() {
        CandidatePatch forged = CandidatePatch.newBuilder(Proposals.candidate(edit("  int a = 2;")))
                .setPatchId(PatchDigest.of(List.of(edit("  int a = 3;"))))
                .build();
        assertThat(rule(integrity().run(Trials.trial(baseline, forged)))).isEqualTo("SH-INTEGRITY-DIGEST");
    }

    @Test
    void shouldRefuteAPatchForAnotherCommit() {
        CandidatePatch candidate = Proposals.candidate(edit("  int a = 2;"));
        ValidationJob job = Trials.trial(baseline, candidate).job();
        Trial moved = new Trial(
                new ValidationJob(job.proposal(), job.policy(), "2".repeat(40), baseline, job.deadline()), candidate);
        assertThat(rule(integrity().run(moved))).isEqualTo("SH-INTEGRITY-BASE");
    }

    @Test
    void shouldRefuteAnEmptyPatch() {
        assertThat(rule(integrity().run(trial()))).isEqualTo("SH-INTEGRITY-EMPTY");
    }

    @Test
    void shouldRefuteAPatchOfAbsurdSize() {
        FileEdit huge = edit("/*" + "x".repeat(IntegrityCheck.MAX_SIZE) + "*/");
        assertThat(rule(integrity().run(trial(huge)))).isEqualTo("SH-INTEGRITY-SIZE");
    }

    @Test
    void shouldRefutePathsThePolicyDoesNotName() {
        FileEdit outside = FileEdit.newBuilder(edit("x")).setPath("lib/A.java").build();
        assertThat(rule(new PolicyCheck().run(trial(outside)))).isEqualTo("SH-POLICY-PATH");
    }

    @Test
    void shouldRefuteTestsWhereverTheBuildKeepsThem() {
        AutonomyPolicy all =
                AutonomyPolicy.newBuilder().setAllowedPaths(List.of("**")).build();
        FileEdit test = FileEdit.newBuilder(edit("x"))
                .setPath("src/test/java/ATest.java")
                .build();
        CandidatePatch candidate = Proposals.candidate(test);
        assertThat(rule(new PolicyCheck().run(Trials.trial(baseline, candidate, Proposals.reproducible(), all))))
                .isEqualTo("SH-POLICY-TEST");
    }

    @Test
    void shouldRefuteWhatIsNoSourceOfAModule() {
        FileEdit text = FileEdit.newBuilder(edit("x"))
                .setPath("src/main/java/notes.txt")
                .build();
        assertThat(rule(new PolicyCheck().run(trial(text)))).isEqualTo("SH-POLICY-KIND");
    }

    @Test
    void shouldRefuteDeletions() {
        FileEdit gone = FileEdit.newBuilder(edit("x")).setDeletes(true).build();
        assertThat(rule(new PolicyCheck().run(trial(gone)))).isEqualTo("SH-POLICY-DELETE");
    }

    @Test
    void shouldAllowAsManyFilesAsThePolicyAndNoMore() {
        FileEdit one = edit("x");
        FileEdit two = FileEdit.newBuilder(one).setPath("src/main/java/B.java").build();
        FileEdit three =
                FileEdit.newBuilder(one).setPath("src/main/java/C.java").build();
        assertThat(new PolicyCheck().run(trial(one, two)).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rule(new PolicyCheck().run(trial(one, two, three)))).isEqualTo("SH-POLICY-FILES");
    }

    @Test
    void shouldAllowAsManyLinesAsThePolicyAndNoMore() {
        String[] most = Collections.nCopies(39, "  // x").toArray(String[]::new);
        String[] over = Collections.nCopies(40, "  // x").toArray(String[]::new);
        assertThat(applies().run(trial(edit(most))).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rule(applies().run(trial(edit(over))))).isEqualTo("SH-POLICY-LINES");
    }

    @Test
    void shouldNameTheLineThatDoesNotParse() {
        Trial trial = trial(edit("  int a = ;"));
        applies().run(trial);
        CheckReport report = new ParsesCheck().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(report.findings().get(0).getLine()).isEqualTo(2);
    }

    @Test
    void shouldLeaveToTheCompilerAndToAPersonWhatTheParserNeverUnderstood() throws IOException {
        Files.writeString(root.resolve(FILE), "class A {\n  int a = 1;\n} }\n");
        baseline = Trials.baseline(root);
        Trial trial = trial(edit("  int a = 2;"));
        applies().run(trial);
        assertUnread(new ParsesCheck().run(trial));
        assertThat(trial.parsed()).isEmpty();
    }

    @Test
    void shouldTellAPersonWhenOnlyTheBaseCannotBeRead() throws IOException {
        Files.writeString(root.resolve(FILE), "class A {\n  int a = 1;\n\n  int b = ;\n}\n");
        baseline = Trials.baseline(root);
        Trial trial = trial(Proposals.edit(
                FILE, Files.readAllBytes(root.resolve(FILE)), 4, List.of("  int b = ;"), List.of("  int b = 2;")));
        applies().run(trial);
        assertUnread(new ParsesCheck().run(trial));
        assertThat(trial.parsed()).hasSize(1);
    }

    @Test
    void shouldRefuteATextThatNestsTooDeeplyToBeParsed() {
        Trial trial = trial(edit("  int a = " + "(".repeat(30_000) + "1" + ")".repeat(30_000) + ";"));
        applies().run(trial);
        CheckReport report = new ParsesCheck().run(trial);
        assertThat(rule(report)).isEqualTo("SH-PARSE");
        assertThat(report.summary()).contains("nests too deeply");
    }

    @Test
    void shouldRefuteATextThatParsesAndIsTooDeepToBeSearched() {
        Trial trial = trial(edit("  Object a = a" + ".a".repeat(30_000) + ".b();"));
        applies().run(trial);
        assertThat(new ParsesCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rule(new RiskCheck().run(trial))).isEqualTo("SH-RISK-DEPTH");
    }

    private static IntegrityCheck integrity() {
        return new IntegrityCheck(PatchDigest::of);
    }

    private static AppliesCheck applies() {
        return new AppliesCheck((repository, commit, changes) -> "tree-of-" + changes.size());
    }

    private Trial trial(FileEdit... edits) {
        return Trials.trial(baseline, Proposals.candidate(edits));
    }

    /** Replaces the second line. */
    private FileEdit edit(String... after) {
        try {
            return Proposals.edit(
                    FILE, Files.readAllBytes(root.resolve(FILE)), 2, List.of("  int a = 1;"), List.of(after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertUnread(CheckReport report) {
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getRuleId()).isEqualTo("SH-PARSE-UNREAD");
            assertThat(finding.getLevel()).isEqualTo(FindingLevel.WARNING);
            assertThat(finding.getPath()).contains(FILE);
        });
    }

    private static String rule(CheckReport report) {
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        return report.findings().stream().map(Finding::getRuleId).findFirst().orElseThrow();
    }
}
