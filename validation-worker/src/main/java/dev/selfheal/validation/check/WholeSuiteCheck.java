package dev.selfheal.validation.check;

import dev.selfheal.event.Finding;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Do all other tests of the patched modules still do what they do on the base? Off unless the policy wants it: it takes as
 * long as the project's tests take, twice for the first candidate of a base. A new failure refutes as one of the affected
 * tests does.
 */
public final class WholeSuiteCheck implements Check {

    private final TestComparison comparison;

    public WholeSuiteCheck(Sandbox sandbox, Duration timeout) {
        this.comparison = new TestComparison(sandbox, timeout);
    }

    @Override
    public String name() {
        return "whole-suite";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        if (!trial.job().policy().getChecks().getWholeSuite()) {
            return CheckReport.skipped("switched off by the policy");
        }
        Baseline baseline = trial.job().baseline();
        List<Finding> findings = new ArrayList<>();
        int run = trial.tests().run();
        CheckReport last = CheckReport.skipped("there are no other tests");
        for (ProjectModule module : trial.classes().keySet()) {
            List<String> rest = new ArrayList<>(AffectedTests.all(baseline.indexes(module)));
            rest.removeAll(trial.tested(module));
            if (!rest.isEmpty()) {
                last = comparison.of(trial, module, rest, List.of());
                findings.addAll(last.findings());
                if (last.ends()) {
                    break;
                }
            }
        }
        trial.suite(trial.tests().run() - run);
        return new CheckReport(last.outcome(), last.summary(), findings);
    }
}
