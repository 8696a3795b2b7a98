package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Isolation;

/**
 * Does the sandbox isolate as strongly as the policy asks? Stands before every check that hands the patch to the
 * sandbox: weaker isolation ends the trial with a question to a person, and nothing of the patch is run.
 */
public final class IsolationCheck implements Check {

    private final Isolation isolation;

    /**
     * @param isolation what the sandbox gives
     */
    public IsolationCheck(Isolation isolation) {
        this.isolation = isolation;
    }

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public CheckReport run(Trial trial) {
        Isolation minimum = trial.job().policy().getAutonomy().getMinimumIsolation();
        if (isolation.compareTo(minimum) < 0) {
            return CheckReport.undecided(finding(
                    "SH-ISOLATION",
                    FindingLevel.WARNING,
                    "this worker isolates by " + isolation + ", the policy asks for " + minimum + ": nothing was run"));
        }
        return CheckReport.passed("isolated by " + isolation + ", asked for is " + minimum);
    }
}
