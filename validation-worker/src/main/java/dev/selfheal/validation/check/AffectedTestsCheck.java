package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Do the tests that may notice the change still do what they do on the base? Only new failures of tests that the base
 * passes reliably count. A test class that cannot be run on the base is left out, and then a person decides.
 */
public final class AffectedTestsCheck implements Check {

    private final AffectedTests selection;
    private final TestComparison comparison;

    public AffectedTestsCheck(Sandbox sandbox, AffectedTests selection, Duration timeout) {
        this.selection = selection;
        this.comparison = new TestComparison(sandbox, timeout);
    }

    @Override
    public String name() {
        return "affected-tests";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        CheckReport last = CheckReport.skipped("no test mentions the changed classes");
        for (Map.Entry<ProjectModule, Map<String, byte[]>> part :
                trial.classes().entrySet()) {
            last = module(trial, part.getKey(), part.getValue().keySet());
            findings.addAll(last.findings());
            if (last.ends()) {
                break;
            }
        }
        return new CheckReport(last.outcome(), last.summary(), findings);
    }

    private CheckReport module(Trial trial, ProjectModule module, Set<String> classes) throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        AffectedTests.Selection tests = selection.select(baseline.indexes(module), classes);
        if (tests.classes().isEmpty()) {
            return CheckReport.skipped(
                    "no test mentions the changed classes",
                    finding("SH-TESTS-NONE", FindingLevel.NOTE, "no existing test can notice this change"));
        }
        return comparison.of(
                trial,
                module,
                tests.classes(),
                leftOut(tests.found() - tests.classes().size()));
    }

    private static List<Finding> leftOut(int count) {
        return count == 0
                ? List.of()
                : List.of(finding(
                        "SH-TESTS-LEFT-OUT", FindingLevel.NOTE, count + " affected test class(es) were left out"));
    }
}
