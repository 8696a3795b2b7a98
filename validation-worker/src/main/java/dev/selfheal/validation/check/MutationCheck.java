package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.mutation.Mutations;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.runner.CompileOrder;
import dev.selfheal.validation.sandbox.runner.MutationOrder;
import dev.selfheal.validation.sandbox.runner.MutationReport;
import dev.selfheal.validation.sandbox.runner.MutationReport.Fate;
import dev.selfheal.validation.sandbox.runner.MutationReport.Kind;
import dev.selfheal.validation.sandbox.runner.TestOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does any test notice what the patch changed? Small wrong changes are made to the patched lines, and the reproduction and
 * the affected tests are run on each. Tests that notice none of them prove little about these lines, and a person looks; one
 * looks too where it cannot be carried out, unless the policy asks for no score. It refutes only by a forged report.
 */
public final class MutationCheck implements Check {

    private static final Duration PER_MUTANT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final Duration budget;

    /**
     * @param budget no mutant begins after this
     */
    public MutationCheck(Sandbox sandbox, Duration budget) {
        this.sandbox = sandbox;
        this.budget = budget;
    }

    @Override
    public String name() {
        return "mutation";
    }

    private record Placed(String source, String path, Mutations.Mutant mutant) {}

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        CheckPolicy policy = trial.job().policy().getChecks();
        if (policy.getMutants() <= 0) {
            return CheckReport.skipped("switched off by the policy");
        }
        ProjectModule module = trial.classes().keySet().stream().findFirst().orElse(null);
        List<String> selectors = module == null ? List.of() : selectors(trial, module);
        if (selectors.isEmpty()) {
            return CheckReport.skipped("there is no test that could notice a mutant");
        }
        List<Placed> mutants = mutants(trial, module, policy.getMutants());
        if (mutants.isEmpty()) {
            return CheckReport.skipped("nothing in the patched lines can be mutated");
        }
        TaskOutcome outcome = sandbox.run(job(trial, module, selectors, mutants));
        return outcome instanceof Reported reported
                ? judge(policy, mutants, decode(reported))
                : stopped(policy, ((TaskOutcome.Stopped) outcome).containment());
    }

    private static CheckReport stopped(CheckPolicy policy, Containment containment) {
        boolean demanded = policy.getMinimumMutationScore() > 0;
        return demanded || containment.kind() == Containment.Kind.FORGED
                ? Containments.unmeasured(containment, "the tests on mutants")
                : CheckReport.skipped("could not be carried out: " + containment.detail());
    }

    /** The reproduction first: it is the one most likely to notice. */
    private static List<String> selectors(Trial trial, ProjectModule module) {
        List<String> selectors = new ArrayList<>();
        trial.reproducer()
                .filter(test -> test.module().equals(module))
                .ifPresent(test -> selectors.add(test.selector()));
        trial.tested(module).stream().filter(test -> !selectors.contains(test)).forEach(selectors::add);
        return selectors;
    }

    private static List<Placed> mutants(Trial trial, ProjectModule module, int most) {
        List<Placed> all = new ArrayList<>();
        for (ParsedFile parsed : trial.parsed()) {
            String path = parsed.file().path();
            if (trial.job().baseline().moduleOf(path).filter(module::equals).isPresent()) {
                // Line ends are kept as they are: javac and the parser count the same lines.
                String text = new String(parsed.file().after().bytes(), module.encoding());
                String source = source(trial, module, path);
                Mutations.of(text, parsed.after(), parsed.changedLines(), most)
                        .forEach(mutant -> all.add(new Placed(source, path, mutant)));
            }
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    private static String source(Trial trial, ProjectModule module, String path) {
        return module.inSources(trial.job().baseline().root().resolve(path))
                .orElseThrow()
                .toString()
                .replace('\\', '/');
    }

    private TaskJob job(Trial trial, ProjectModule module, List<String> selectors, List<Placed> mutants) {
        Map<String, byte[]> sources = new HashMap<>();
        trial.parsed().stream()
                .map(parsed -> parsed.file())
                .filter(file -> trial.job()
                        .baseline()
                        .moduleOf(file.path())
                        .filter(module::equals)
                        .isPresent())
                .forEach(file -> sources.put(
                        source(trial, module, file.path()),
                        new String(file.after().bytes(), module.encoding()).getBytes(StandardCharsets.UTF_8)));
        Map<String, byte[]> classes = new HashMap<>(trial.allClasses());
        trial.reproducer().ifPresent(test -> classes.putAll(test.classes()));
        MutationOrder order = new MutationOrder(
                new CompileOrder(sources, texts(module.mainClasspath()), module.javacOptions()),
                new TestOrder(classes, texts(module.testClasspath()), selectors),
                mutants.stream()
                        .map(placed -> new MutationOrder.Mutant(
                                placed.source(), placed.mutant().text()))
                        .toList(),
                budget.toMillis(),
                PER_MUTANT.toMillis());
        return TaskJobs.of(
                "mutants", order::encode, module, trial.job().deadline().atMost(budget.plus(GRACE)));
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static MutationReport decode(Reported reported) {
        try {
            return MutationReport.decode(reported.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }

    private static CheckReport judge(CheckPolicy policy, List<Placed> mutants, MutationReport report) {
        List<Finding> findings = new ArrayList<>();
        int tried = 0;
        int noticed = 0;
        for (int i = 0; i < Math.min(mutants.size(), report.fates().size()); i++) {
            Fate fate = report.fates().get(i);
            Placed placed = mutants.get(i);
            tried += fate.kind() == Kind.INVALID ? 0 : 1;
            noticed += fate.kind() == Kind.NOTICED ? 1 : 0;
            if (fate.kind() == Kind.SURVIVED) {
                String message =
                        "no test notices a mutant that " + placed.mutant().what();
                findings.add(finding(
                        "SH-MUTATION-SURVIVED",
                        FindingLevel.NOTE,
                        message,
                        placed.path(),
                        placed.mutant().line()));
            }
        }
        if (tried == 0) {
            return CheckReport.skipped(
                    "no mutant could be tried: they do not compile, or the time was up before the first");
        }
        MutationEvidence evidence = new MutationEvidence(tried, noticed);
        String summary = "tests notice " + noticed + " of " + tried + " mutant(s) of the patched lines";
        if (evidence.score() < policy.getMinimumMutationScore()) {
            findings.add(0, finding("SH-MUTATION-UNNOTICED", FindingLevel.WARNING, summary));
        }
        return CheckReport.passed(summary, findings.toArray(Finding[]::new)).with(trial -> trial.mutation(evidence));
    }
}
