package dev.selfheal.bench.validation;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Consequence;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.VerdictKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proposal to verdict of a patch that changes one class of commons-lang3, through the topics, on a warm worker, against Maven
 * running the same test on the same change.
 *
 * <p>Usage: {@code ValidationBench folder small|large rounds maven-rounds}
 */
public final class ValidationBench {

    /** Rounds that warm the worker up and are not counted. */
    private static final int WARM_UP = 8;

    /** Between two proposals: errors come minutes apart, and the pool refills meanwhile. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private static final int BURST = 16;

    private final Validator validator;
    private final Project project;
    private int number;

    private ValidationBench(Validator validator, Project project) {
        this.validator = validator;
        this.project = project;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        Subject subject = args[1].equals("large") ? Subject.LARGE : Subject.SMALL;
        try (Validator validator = Validator.start(folder)) {
            Project project = Project.prepare(subject, folder.resolve("project"), validator.workbench());
            validator.publish(project.policy());
            ValidationBench bench = new ValidationBench(validator, project);
            Laps warm = bench.warm(Integer.parseInt(args[2]));
            bench.burst();
            bench.with("without static analysis", CheckPolicy.newBuilder(), Integer.parseInt(args[2]));
            bench.with(
                    "what proves alone",
                    CheckPolicy.newBuilder()
                            .setMutants(0)
                            .setBehaviour(false)
                            .setMaximumSlowdown(0)
                            .setMaximumAllocation(0),
                    Integer.parseInt(args[2]));
            validator.publish(project.policy());
            bench.memory();
            bench.maven(Integer.parseInt(args[3]), warm, new ColdMaven(folder.resolve("maven.log")));
        }
    }

    private Laps warm(int rounds) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            approved(1);
            Thread.sleep(PAUSE.toMillis() / 2);
        }
        Rounds all = measure(rounds);
        print(
                "%s, %s, %d tests, isolation %s, %d rounds: median and p90 in ms",
                project.subject().bug(),
                project.subject().path().replaceFirst(".*/", ""),
                all.testsRun,
                validator.workbench().sandbox().isolation(),
                rounds);
        all.print("proposal to verdict");
        return all.laps;
    }

    /** The same without static analysis and what else is left out. */
    private void with(String name, CheckPolicy.Builder checks, int rounds) throws Exception {
        validator.publish(project.policy(checks.setAnalysisHigh(Consequence.IGNORE)
                .setAnalysisMedium(Consequence.IGNORE)
                .setAnalysisLow(Consequence.IGNORE)
                .build()));
        measure(rounds).print(name);
    }

    private Rounds measure(int rounds) throws Exception {
        Rounds measured = new Rounds();
        for (int i = 0; i < rounds; i++) {
            Thread.sleep(PAUSE.toMillis());
            long start = System.nanoTime();
            PatchVerdict verdict = approved(1).get(0);
            measured.add(Duration.ofNanos(System.nanoTime() - start), verdict);
        }
        return measured;
    }

    /** Times of the same proposal, whole and by check. */
    private static final class Rounds {

        private final Laps laps = new Laps();
        private final Laps judging = new Laps();
        private final Map<String, Laps> checks = new LinkedHashMap<>();
        private int testsRun;

        void add(Duration lap, PatchVerdict verdict) {
            laps.add(lap);
            judging.add((double) verdict.getDurationMs());
            for (CheckResult check : verdict.getChecks()) {
                checks.computeIfAbsent(check.getName(), name -> new Laps()).add((double) check.getDurationMs());
            }
            testsRun = verdict.getEvidence().getTestsRun();
        }

        void print(String name) {
            ValidationBench.print("%-24s %6.0f %6.0f", name, laps.median(), laps.quantile(0.9));
            ValidationBench.print("  of it judging          %6.0f %6.0f", judging.median(), judging.quantile(0.9));
            checks.forEach((check, times) ->
                    ValidationBench.print("    %-20s %6.0f %6.0f", check, times.median(), times.quantile(0.9)));
        }
    }

    /** All at once: how many the machine gets through. */
    private void burst() throws Exception {
        long start = System.nanoTime();
        approved(BURST);
        double seconds = (System.nanoTime() - start) / 1e9;
        print(
                "burst     %.2f candidates/s (%d at once, %d cores)",
                BURST / seconds, BURST, Runtime.getRuntime().availableProcessors());
    }

    /** Apart from the rest: whoever reads the page tables of a process stops it meanwhile. */
    private void memory() throws Exception {
        try (Memory memory = new Memory()) {
            approved(BURST / 4);
            Thread.sleep(PAUSE.toMillis()); // what the refilled pool holds counts too
            print("memory    %,d MiB at most: the worker, its clients and all sandboxes", memory.peakMiB());
        }
    }

    private void maven(int rounds, Laps warm, ColdMaven maven) throws Exception {
        if (rounds == 0) {
            return;
        }
        maven.prepare(project);
        Laps cold = new Laps();
        for (int i = 0; i < rounds; i++) {
            cold.add(maven.test(project, i));
        }
        print("maven     %6.0f ms, the failing test alone, median of %d", cold.median(), rounds);
        print("ratio     %.1f", cold.median() / warm.median());
    }

    private List<PatchVerdict> approved(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            validator.send(project.proposal(number++));
        }
        List<PatchVerdict> verdicts = validator.await(count);
        for (PatchVerdict verdict : verdicts) {
            if (verdict.getVerdict() != VerdictKind.APPROVED) {
                throw new IllegalStateException(verdict.getReason());
            }
        }
        return verdicts;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
