package dev.selfheal.validation.check;

import dev.selfheal.event.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs the checks in order and stops at the first that ends the trial. Thread-safe. */
public final class CheckPipeline {

    private final List<Check> checks;
    private final List<Check> ofCommands;
    private final LongSupplier nanoTime;

    /**
     * @param checks in order, cheap ones first
     * @param nanoTime a monotonic clock in nanoseconds, normally {@code System::nanoTime}
     */
    public CheckPipeline(List<Check> checks, LongSupplier nanoTime) {
        this(checks, checks, nanoTime);
    }

    /**
     * @param ofCommands in place of {@code checks} where the policy's build is a command
     */
    public CheckPipeline(List<Check> checks, List<Check> ofCommands, LongSupplier nanoTime) {
        this.checks = List.copyOf(checks);
        this.ofCommands = List.copyOf(ofCommands);
        this.nanoTime = nanoTime;
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

    public Tried run(Trial trial) throws InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : trial.job().isCommand() ? ofCommands : checks) {
            long start = nanoTime.getAsLong();
            CheckReport report = check.run(trial);
            long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
            CheckResult result =
                    new CheckResult(check.name(), report.outcome(), millis, report.summary(), report.findings());
            results.add(result);
            if (report.ends()) {
                return new Tried(trial, results, Optional.of(result));
            }
        }
        return new Tried(trial, results, Optional.empty());
    }
}
