package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.check.Observations.Observation;
import dev.selfheal.validation.check.Observations.Observed;
import dev.selfheal.validation.check.Observations.Unobserved;
import dev.selfheal.validation.sandbox.runner.ObservationReport;
import dev.selfheal.validation.sandbox.runner.ObservationReport.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Do the affected tests cost about what they did? Each test's least time and allocation over a few runs are compared with
 * the base's; a floor is added to both sides, so that what is too short to measure does not count. A test that seems much
 * worse is measured anew on both sides, twice, before it refutes: a busy machine slows runs down, but never makes them
 * quicker. What could not be measured, or not anew, is for a person.
 */
public final class PerformanceCheck implements Check {

    private static final double FLOOR_NANOS = 10e6;
    private static final double FLOOR_BYTES = 1 << 20;
    private static final int CONFIRMATIONS = 2;

    private final Observations observations;

    public PerformanceCheck(Observations observations) {
        this.observations = observations;
    }

    @Override
    public String name() {
        return "performance";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        CheckPolicy policy = trial.job().policy().getChecks();
        if (policy.getMaximumSlowdown() <= 0 && policy.getMaximumAllocation() <= 0) {
            return CheckReport.skipped("switched off by the policy");
        }
        Observation observation = observations.of(trial);
        if (observation instanceof Observed observed) {
            Costs costs = Costs.of(observed);
            return costs.after().isEmpty()
                    ? CheckReport.skipped("no test passes both on the base and with the patch")
                    : confirmed(trial, policy, costs);
        }
        return observation instanceof Unobserved unobserved && unobserved.patched()
                ? Containments.unmeasured(unobserved.containment(), "the measured tests with the patch")
                : CheckReport.skipped("no test could be measured on the base");
    }

    private CheckReport confirmed(Trial trial, CheckPolicy policy, Costs first) throws InterruptedException {
        Costs costs = first;
        boolean confirmed = true;
        for (int i = 0; i < CONFIRMATIONS && !costs.findings(policy).isEmpty(); i++) {
            if (observations.again(trial) instanceof Observed again) {
                costs = costs.least(Costs.of(again));
            } else {
                confirmed = false;
            }
        }
        return report(confirmed ? costs.findings(policy) : doubtful(costs.findings(policy)), costs);
    }

    private static List<Finding> doubtful(List<Finding> findings) {
        return findings.stream()
                .map(each -> finding(
                        each.getRuleId(),
                        FindingLevel.WARNING,
                        each.getMessage() + "; it could not be measured a second time"))
                .toList();
    }

    private static CheckReport report(List<Finding> findings, Costs costs) {
        CostEvidence evidence = new CostEvidence(
                costs.worst(Cost::nanos, FLOOR_NANOS).ratio(),
                costs.worst(Cost::bytes, FLOOR_BYTES).ratio());
        return CheckReport.of(
                        findings,
                        String.format(
                                Locale.ROOT,
                                "%d test(s) measured: %.2f times the time, %.2f times the allocation at worst",
                                costs.after().size(),
                                evidence.slowdown(),
                                evidence.allocation()))
                .with(trial -> trial.cost(evidence));
    }

    /** The worst test by one measure. */
    private record Worst(String test, double ratio) {}

    private record Costs(Map<String, Cost> before, Map<String, Cost> after) {

        static Costs of(Observed observed) {
            Map<String, Cost> before = byId(observed.before());
            Map<String, Cost> after = byId(observed.after());
            before.keySet().retainAll(after.keySet());
            after.keySet().retainAll(before.keySet());
            return new Costs(before, after);
        }

        private static Map<String, Cost> byId(ObservationReport report) {
            Map<String, Cost> costs = new HashMap<>();
            report.costs().forEach(cost -> costs.put(cost.id(), cost));
            return costs;
        }

        Costs least(Costs other) {
            return new Costs(least(before, other.before), least(after, other.after));
        }

        private static Map<String, Cost> least(Map<String, Cost> one, Map<String, Cost> other) {
            Map<String, Cost> least = new HashMap<>(one);
            other.forEach((id, cost) -> least.computeIfPresent(
                    id,
                    (key, known) -> new Cost(
                            id, Math.min(known.nanos(), cost.nanos()), Math.min(known.bytes(), cost.bytes()))));
            return least;
        }

        Worst worst(ToDoubleFunction<Cost> measure, double floor) {
            Worst worst = new Worst("", 0);
            for (Cost cost : after.values()) {
                double ratio =
                        (measure.applyAsDouble(cost) + floor) / (measure.applyAsDouble(before.get(cost.id())) + floor);
                if (ratio > worst.ratio()) {
                    worst = new Worst(cost.id(), ratio);
                }
            }
            return worst;
        }

        List<Finding> findings(CheckPolicy policy) {
            List<Finding> findings = new ArrayList<>();
            worse(
                    findings,
                    "SH-PERFORMANCE-TIME",
                    "takes",
                    worst(Cost::nanos, FLOOR_NANOS),
                    policy.getMaximumSlowdown());
            worse(
                    findings,
                    "SH-PERFORMANCE-ALLOCATION",
                    "allocates",
                    worst(Cost::bytes, FLOOR_BYTES),
                    policy.getMaximumAllocation());
            return findings;
        }

        private static void worse(List<Finding> findings, String rule, String verb, Worst worst, double limit) {
            if (limit > 0 && worst.ratio() > limit) {
                findings.add(finding(
                        rule,
                        FindingLevel.ERROR,
                        String.format(
                                Locale.ROOT,
                                "%s %s %.1f times what it did, permitted is %.1f times",
                                worst.test(),
                                verb,
                                worst.ratio(),
                                limit)));
            }
        }
    }
}
