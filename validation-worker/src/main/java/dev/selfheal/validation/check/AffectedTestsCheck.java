package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Do the tests that may notice the change still do what they do on the base? Only new failures of tests that the base
 * passes reliably count. A test class that cannot be run on the base is left out, and then a person decides.
 */
public final class AffectedTestsCheck implements Check {

    private static final String NONE = "no test mentions or loads the changed classes";

    private final Sandbox sandbox;
    private final AffectedTests selection;
    private final TestComparison comparison;

    public AffectedTestsCheck(Sandbox sandbox, AffectedTests selection, Duration timeout) {
        this.sandbox = sandbox;
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
        CheckReport answer = CheckReport.skipped(NONE);
        int room = selection.limit();
        for (Map.Entry<ProjectModule, Set<String>> part : changes(trial).entrySet()) {
            AffectedTests.Selection tests =
                    affected(trial, part.getKey(), part.getValue()).atMost(room);
            room -= tests.classes().size();
            CheckReport own = module(trial, part.getKey(), tests);
            findings.addAll(own.findings());
            boolean isSkipped = answer.outcome() == CheckOutcome.SKIPPED;
            if (own.outcome() != CheckOutcome.SKIPPED
                    || (isSkipped && !own.findings().isEmpty())) {
                answer = own;
            }
            if (own.ends()) {
                break;
            }
        }
        if (answer.outcome() == CheckOutcome.SKIPPED && findings.isEmpty()) {
            findings.add(finding("SH-TESTS-NONE", FindingLevel.NOTE, "no existing test can notice this change"));
        }
        return new CheckReport(answer.outcome(), answer.summary(), findings, answer.ends());
    }

    /** The changed classes that the tests of each module see: those of a module that depends on a patched one, too. */
    private static Map<ProjectModule, Set<String>> changes(Trial trial) {
        Map<ProjectModule, Set<String>> seen = new LinkedHashMap<>();
        trial.classes().keySet().forEach(patched -> seen.put(patched, new TreeSet<>()));
        trial.classes()
                .forEach((patched, classes) -> trial.job()
                        .baseline()
                        .withDependents(patched)
                        .forEach(module -> seen.computeIfAbsent(module, any -> new TreeSet<>())
                                .addAll(classes.keySet())));
        return seen;
    }

    private AffectedTests.Selection affected(Trial trial, ProjectModule module, Set<String> classes) {
        Baseline baseline = trial.job().baseline();
        return selection.select(
                baseline.indexes(module),
                classes,
                test -> baseline.knownResults().coverage().of(sandbox, module, test));
    }

    private CheckReport module(Trial trial, ProjectModule module, AffectedTests.Selection tests)
            throws InterruptedException {
        List<Finding> leftOut = leftOut(tests.found() - tests.classes().size());
        if (tests.classes().isEmpty()) {
            return new CheckReport(CheckOutcome.SKIPPED, NONE, leftOut);
        }
        return comparison.of(trial, module, tests.classes(), leftOut);
    }

    private static List<Finding> leftOut(int count) {
        return count == 0
                ? List.of()
                : List.of(finding(
                        "SH-TESTS-LEFT-OUT", FindingLevel.NOTE, count + " affected test class(es) were left out"));
    }
}
