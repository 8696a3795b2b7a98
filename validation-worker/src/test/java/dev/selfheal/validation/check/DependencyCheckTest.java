package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.DependencyPolicy;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.dependency.Advisories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyCheckTest {

    private static final String POM = "pom.xml";
    private static final String ADDED =
            "<dependency><groupId>org.example</groupId><artifactId>text</artifactId><version>1.9</version></dependency>";

    @TempDir
    private Path root;

    private Baseline baseline;

    @BeforeEach
    void layOutBase() throws IOException {
        Files.writeString(root.resolve(POM), "<project>\n<dependencies>\n</dependencies>\n</project>\n");
        baseline = Trials.baseline(root);
    }

    @Test
    void shouldRefuseABuildFileWhereThePolicyListsNothing() throws IOException {
        assertThat(rule(new PolicyCheck().run(trial(List.of(), ADDED)))).isEqualTo("SH-POLICY-BUILD");
    }

    @Test
    void shouldRefuseADependencyThePolicyDoesNotList() throws IOException {
        assertThat(rule(run(Advisories.none(), List.of("org.example:other"), ADDED)))
                .isEqualTo("SH-DEPENDENCY-ADDED");
    }

    @Test
    void shouldAskAPersonForADependencyThePolicyLists() throws IOException {
        CheckReport report = run(Advisories.none(), List.of("org.example:text"), ADDED);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(report.ends()).isTrue();
        assertThat(report.summary()).contains("org.example:text:1.9", "no advisories are configured");
    }

    @Test
    void shouldRefuseAListedDependencyWithAnAdvisoryAgainstIt() throws IOException {
        Path osv = Files.writeString(root.resolve("osv.json"), """
                {"id": "GHSA-1", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:text"},
                 "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.5"}, {"fixed": "1.10.0"}]}]}]}
                """);
        CheckReport report = run(Advisories.load(osv), List.of("org.example:text"), ADDED);
        assertThat(rule(report)).isEqualTo("SH-DEPENDENCY-VULNERABLE");
        assertThat(report.summary()).contains("GHSA-1");
    }

    @Test
    void shouldRefuseAPluginUnderTheNameOfADependency() throws IOException {
        String plugin = ADDED.replace("dependency>", "plugin>");
        assertThat(rule(run(Advisories.none(), List.of("org.example:text"), plugin)))
                .isEqualTo("SH-DEPENDENCY-BUILD");
    }

    @Test
    void shouldRefuseToCreateABuildFile() throws IOException {
        Trial trial = trial(List.of("org.example:text"), ADDED);
        FileEdit edit = FileEdit.newBuilder(trial.candidate().getEdits().get(0))
                .setPath("module/pom.xml")
                .build();
        Trial created = under(List.of("org.example:text"), edit);
        assertThat(rule(new PolicyCheck().run(created))).isEqualTo("SH-POLICY-BUILD");
    }

    @Test
    void shouldHaveNothingToSayOfAPatchWithoutABuildFile() throws IOException {
        Files.writeString(root.resolve("A.java"), "a\n");
        baseline = Trials.baseline(root);
        FileEdit edit =
                Proposals.edit("A.java", Files.readAllBytes(root.resolve("A.java")), 1, List.of("a"), List.of("b"));
        Trial trial = under(List.of(), edit);
        new AppliesCheck((repository, commit, changes) -> "tree").run(trial);
        CheckReport report = new DependencyCheck(Advisories.none()).run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(report.ends()).isFalse();
    }

    private CheckReport run(Advisories advisories, List<String> allowed, String added) throws IOException {
        Trial trial = trial(allowed, added);
        assertThat(new PolicyCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(new AppliesCheck((repository, commit, changes) -> "tree")
                        .run(trial)
                        .outcome())
                .isEqualTo(CheckOutcome.PASSED);
        assertThat(new ParsesCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        return new DependencyCheck(advisories).run(trial);
    }

    private Trial trial(List<String> allowed, String added) throws IOException {
        return under(
                allowed,
                Proposals.edit(
                        POM,
                        Files.readAllBytes(root.resolve(POM)),
                        3,
                        List.of("</dependencies>"),
                        List.of(added, "</dependencies>")));
    }

    private Trial under(List<String> allowed, FileEdit edit) {
        Trial trial = Trials.trial(baseline, Proposals.candidate(edit));
        ValidationJob job = trial.job();
        HealingPolicy policy = HealingPolicy.newBuilder(job.policy())
                .setDependencies(
                        DependencyPolicy.newBuilder().setAllowed(allowed).build())
                .build();
        return new Trial(
                new ValidationJob(job.proposal(), policy, job.commit(), baseline, job.deadline()), trial.candidate());
    }

    private static String rule(CheckReport report) {
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        return report.findings().stream().map(Finding::getRuleId).findFirst().orElseThrow();
    }
}
