package dev.selfheal.validation.check;

import dev.selfheal.event.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs the stages in order and stops at the first check that ends the trial. Checks of one stage run side by side, and the
 * results are the same as if they had run one after the other. Thread-safe.
 */
public final class CheckPipeline implements AutoCloseable {

    private final List<Stage> stages;
    private final List<Stage> ofCommands;
    private final Lanes lanes;
    private final LongSupplier nanoTime;

    /**
     * @param checks in order, cheap ones first, one after the other
     * @param nanoTime a monotonic clock in nanoseconds, normally {@code System::nanoTime}
     */
    public CheckPipeline(List<Check> checks, LongSupplier nanoTime) {
        this(each(checks), each(checks), new Lanes(1), nanoTime);
    }

    /**
     * @param stages in order, cheap ones first
     * @param ofCommands in their place where the policy's build is a command
     * @param lanes closed with this
     */
    public CheckPipeline(List<Stage> stages, List<Stage> ofCommands, Lanes lanes, LongSupplier nanoTime) {
        this.stages = List.copyOf(stages);
        this.ofCommands = List.copyOf(ofCommands);
        this.lanes = lanes;
        this.nanoTime = nanoTime;
    }

    private static List<Stage> each(List<Check> checks) {
        return checks.stream().map(Stage::of).toList();
    }

    /**
     * A finished trial.
     *
     * @param results of the checks that ran, in order
     * @param ending the result that ended it early; empty when every check ran
     */
    public record Tried(Trial trial, List<CheckResult> results, Optional<CheckResult> ending) {

        public Tried {
            results = List.copyOf(results);
        }
    }

    private record Answer(CheckResult result, CheckReport report) {}

    public Tried run(Trial trial) throws InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        for (Stage stage : trial.job().isCommand() ? ofCommands : stages) {
            for (Answer answer : answers(stage, trial)) {
                results.add(answer.result());
                answer.report().evidence().accept(trial);
                if (answer.report().ends()) {
                    return new Tried(trial, results, Optional.of(answer.result()));
                }
            }
        }
        return new Tried(trial, results, Optional.empty());
    }

    private List<Answer> answers(Stage stage, Trial trial) throws InterruptedException {
        if (stage.checks().size() == 1) {
            return List.of(answer(stage.checks().get(0), trial));
        }
        List<Callable<Answer>> questions = new ArrayList<>();
        stage.checks().forEach(check -> questions.add(() -> answer(check, trial)));
        return lanes.run(questions, answer -> answer.report().ends());
    }

    private Answer answer(Check check, Trial trial) throws InterruptedException {
        long start = nanoTime.getAsLong();
        CheckReport report = check.run(trial);
        long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
        CheckResult result =
                new CheckResult(check.name(), report.outcome(), millis, report.summary(), report.findings());
        return new Answer(result, report);
    }

    @Override
    public void close() {
        lanes.close();
    }
}
