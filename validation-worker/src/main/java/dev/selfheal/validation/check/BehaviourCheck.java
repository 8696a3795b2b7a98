package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Consequence;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Finding;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.check.Observations.Observed;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.runner.ReplayOrder;
import dev.selfheal.validation.sandbox.runner.ReplayReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does the patched code still do what it did, apart from the error? The methods of the patched classes are called with
 * sample values, the method that failed first, and each call must end as on the base, unless it threw the reported
 * exception there. And the tests must not reach for a process, a socket or a file they did not reach for on the base. What
 * a difference means is the policy's word.
 */
public final class BehaviourCheck implements Check {

    private static final int CLASSES = 5;
    private static final int CALLS = 200;
    private static final int SHOWN = 5;
    private static final Duration BUDGET = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Set<String> FILES = Set.of("read", "write", "delete");

    private final Sandbox sandbox;
    private final Observations observations;

    public BehaviourCheck(Sandbox sandbox, Observations observations) {
        this.sandbox = sandbox;
        this.observations = observations;
    }

    @Override
    public String name() {
        return "behaviour";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        CheckPolicy policy = trial.job().policy().getChecks();
        if (!policy.getBehaviour()) {
            return CheckReport.skipped("switched off by the policy");
        }
        List<Finding> findings = new ArrayList<>();
        Optional<List<String>> watched = newEffects(trial);
        List<String> effects = watched.orElse(List.of());
        effects.forEach(effect -> report(findings, consequence(effect, policy), "SH-BEHAVIOUR-EFFECT", words(effect)));
        Comparison calls = calls(trial);
        calls.changed().stream()
                .limit(SHOWN)
                .forEach(call -> report(findings, policy.getChangedBehaviour(), "SH-BEHAVIOUR-CALL", call));
        trial.behaviour(new BehaviourEvidence(calls.compared(), calls.changed().size(), effects));
        return CheckReport.of(findings, summary(calls, watched.isPresent()));
    }

    /** Of a patch that nothing speaks against: what was looked at, and what could not be. */
    private static String summary(Comparison calls, boolean watched) {
        String compared =
                calls.compared() == 0 ? "no call could be compared" : calls.compared() + " call(s) end as they did";
        return compared
                + (watched ? ", the tests reach for nothing new" : ", what the tests reach for could not be observed");
    }

    private static void report(List<Finding> findings, Consequence consequence, String rule, String message) {
        Consequences.level(consequence).ifPresent(level -> findings.add(finding(rule, level, message)));
    }

    /** Empty when one side or both could not be watched. */
    private Optional<List<String>> newEffects(Trial trial) throws InterruptedException {
        Optional<Observed> observed = observations.of(trial);
        if (observed.isEmpty()
                || !observed.get().before().watched()
                || !observed.get().after().watched()) {
            return Optional.empty();
        }
        List<String> fresh = new ArrayList<>(observed.get().after().effects());
        fresh.removeAll(observed.get().before().effects());
        return Optional.of(fresh);
    }

    private static Consequence consequence(String effect, CheckPolicy policy) {
        return FILES.contains(effect.substring(0, effect.indexOf(' '))) ? policy.getNewFile() : policy.getNewEffect();
    }

    private static String words(String effect) {
        return "only with the patch the tests reach for: " + effect;
    }

    /**
     * @param compared calls that were made on both sides
     * @param changed in words, the ones that ended otherwise and not because the error is gone
     */
    private record Comparison(int compared, List<String> changed) {

        static final Comparison NONE = new Comparison(0, List.of());

        static Comparison of(Map<String, String> before, Map<String, String> after, Set<String> reported) {
            List<String> changed = new ArrayList<>();
            int compared = 0;
            for (Map.Entry<String, String> call : before.entrySet()) {
                String now = after.get(call.getKey());
                if (now != null) {
                    compared++;
                    if (!now.equals(call.getValue()) && !reported.contains(call.getValue())) {
                        changed.add(call.getKey() + " " + call.getValue() + ", with the patch it " + now);
                    }
                }
            }
            return new Comparison(compared, changed);
        }
    }

    private Comparison calls(Trial trial) throws InterruptedException {
        Optional<ProjectModule> module = trial.classes().keySet().stream().findFirst();
        if (module.isEmpty()) {
            return Comparison.NONE;
        }
        Baseline baseline = trial.job().baseline();
        TaskOutcome before = baseline.knownResults().report(sandbox, job(trial, module.get(), Map.of()));
        if (!(before instanceof Reported base)) {
            return Comparison.NONE;
        }
        TaskOutcome after = sandbox.run(job(trial, module.get(), trial.allClasses()));
        return after instanceof Reported patched
                ? Comparison.of(decode(base), decode(patched), reported(trial))
                : Comparison.NONE;
    }

    /** Calls that threw what was reported are expected to end otherwise. */
    private static Set<String> reported(Trial trial) {
        return trial.job().proposal().getEvent().getExceptions().stream()
                .map(thrown -> "throws " + thrown.getType())
                .collect(Collectors.toSet());
    }

    private static TaskJob job(Trial trial, ProjectModule module, Map<String, byte[]> classes) {
        Baseline baseline = trial.job().baseline();
        List<String> names = trial.classes().get(module).keySet().stream()
                .filter(baseline.indexes(module).main()::contains)
                .sorted()
                .limit(CLASSES)
                .toList();
        ReplayOrder order = new ReplayOrder(
                classes,
                module.testClasspath().stream().map(Path::toString).toList(),
                names,
                failingMethod(trial.job().proposal().getEvent(), baseline),
                CALLS,
                BUDGET.toMillis());
        return TaskJobs.of(
                "replay", order::encode, module, trial.job().deadline().atMost(BUDGET.plus(GRACE)));
    }

    private static String failingMethod(ErrorEvent event, Baseline baseline) {
        List<ExceptionInfo> chain = event.getExceptions();
        return chain.isEmpty()
                ? ""
                : chain.get(chain.size() - 1).getFrames().stream()
                        .filter(frame -> baseline.isInApp(frame.getModule()))
                        .findFirst()
                        .map(frame -> frame.getModule() + "#" + frame.getFunction())
                        .orElse("");
    }

    private static Map<String, String> decode(Reported reported) {
        try {
            return ReplayReport.decode(reported.bytes()).calls();
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }
}
