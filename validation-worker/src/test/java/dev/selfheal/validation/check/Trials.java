package dev.selfheal.validation.check;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ClassIndex;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.edit.GitTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Trials on a base that is laid out but not built. */
public final class Trials {

    public static final String COMMIT = "1".repeat(40);

    private Trials() {}

    /** A base whose root module has {@code src/main/java}, {@code src/test/java} and {@code target}. */
    public static Baseline baseline(Path root) throws IOException {
        return baseline(root, List.of());
    }

    /** The same, with these on the test class path too. */
    static Baseline baseline(Path root, List<Path> libraries) throws IOException {
        Path main = root.resolve("target/classes");
        Path test = root.resolve("target/test-classes");
        ProjectModule module = new ProjectModule(
                root,
                main,
                test,
                List.of(root.resolve("src/main/java")),
                List.of(root.resolve("src/test/java")),
                Stream.concat(Stream.of(test, main), libraries.stream()).toList(),
                List.of("--release", "17", "-g"),
                StandardCharsets.UTF_8);
        Baseline.Indexes indexes = new Baseline.Indexes(ClassIndex.read(main), ClassIndex.read(test));
        return new Baseline(
                COMMIT, root, GitTree.list(root), List.of(module), Map.of(root, indexes), new KnownResults());
    }

    public static HealingPolicy policy(AutonomyPolicy autonomy) {
        SourceRepository source = SourceRepository.newBuilder()
                .setUrl("https://git.example.org/shop")
                .build();
        return HealingPolicy.newBuilder(Proposals.policy(source))
                .setAutonomy(autonomy)
                .build();
    }

    public static Trial trial(Baseline baseline, CandidatePatch candidate) {
        return trial(
                baseline,
                candidate,
                Proposals.reproducible(),
                AutonomyPolicy.newBuilder().build());
    }

    public static Trial trial(Baseline baseline, CandidatePatch candidate, ErrorEvent event, AutonomyPolicy autonomy) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
        return new Trial(
                new ValidationJob(
                        Proposals.proposal("p", COMMIT, event, candidate),
                        policy(autonomy),
                        COMMIT,
                        baseline,
                        deadline),
                candidate);
    }

    /** The same, under a policy of these checks. */
    public static Trial under(CheckPolicy checks, Trial trial) {
        ValidationJob job = trial.job();
        HealingPolicy policy =
                HealingPolicy.newBuilder(job.policy()).setChecks(checks).build();
        return new Trial(
                new ValidationJob(job.proposal(), policy, job.commit(), job.baseline(), job.deadline()),
                trial.candidate());
    }

    /** A trial that has already learnt this. */
    public static Trial with(Trial trial, ReproductionEvidence reproduction, TestEvidence tests) {
        trial.reproduction(reproduction);
        trial.tests(tests);
        return trial;
    }

    /** The trial, its patch applied. */
    public static Trial applied(Trial trial, AppliedPatch patch) {
        trial.applied(patch, "tree");
        return trial;
    }
}
