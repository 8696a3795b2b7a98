package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.Consequence;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Finding;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.check.Observations.Observation;
import dev.selfheal.validation.check.Observations.Observed;
import dev.selfheal.validation.check.Observations.Unobserved;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.TaskOutcome.Stopped;
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
 * exception there; a call that does not end any more has changed whatever it did. And the tests must not reach for a process,
 * a socket or a file they did not reach for on the base. What a difference means is the policy's word; what could not be
 * looked at with the patch is for a person.
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
        Observation observation = observations.of(trial);
        if (observation instanceof Unobserved stopped && stopped.patched()) {
            return Containments.unmeasured(stopped.containment(), "the watched tests with the patch");
        }
        Optional<List<String>> watched = newEffects(observation);
        Calls calls = calls(trial);
        if (calls instanceof Unanswered stopped) {
            return Containments.unmeasured(stopped.containment(), "calls of the patched methods");
        }
        return judge(policy, watched, (Comparison) calls);
    }

    private static CheckReport judge(CheckPolicy policy, Optional<List<String>> watched, Comparison calls) {
        List<Finding> findings = new ArrayList<>();
        List<String> effects = watched.orElse(List.of());
        effects.forEach(effect -> report(findings, consequence(effect, policy), "SH-BEHAVIOUR-EFFECT", words(effect)));
        calls.changed().stream()
                .limit(SHOWN)
                .forEach(call -> report(findings, policy.getChangedBehaviour(), "SH-BEHAVIOUR-CALL", call));
        BehaviourEvidence evidence =
                new BehaviourEvidence(calls.compared(), calls.changed().size(), effects);
        return CheckReport.of(findings, summary(calls, watched.isPresent())).with(trial -> trial.behaviour(evidence));
    }

    /** Of a patch that nothing speaks against: what was looked at, and what could not be. */
    private static String summary(Comparison calls, boolean watched) {
        String compared = calls.compared() == 0
                ? "no call could be compared" + calls.why()
                : calls.compared() + " call(s) end as they did";
        return compared
                + (watched ? ", the tests reach for nothing new" : ", what the tests reach for could not be observed");
    }

    private static void report(List<Finding> findings, Consequence consequence, String rule, String message) {
        Consequences.level(consequence).ifPresent(level -> findings.add(finding(rule, level, message)));
    }

    /** Empty when there is no test, or the sides cannot be watched. */
    private static Optional<List<String>> newEffects(Observation observation) {
        if (!(observation instanceof Observed observed)
                || !observed.before().watched()
                || !observed.after().watched()) {
            return Optional.empty();
        }
        List<String> fresh = new ArrayList<>(observed.after().effects());
        fresh.removeAll(observed.before().effects());
        return Optional.of(fresh);
    }

    private static Consequence consequence(String effect, CheckPolicy policy) {
        return FILES.contains(effect.substring(0, effect.indexOf(' '))) ? policy.getNewFile() : policy.getNewEffect();
    }

    private static String words(String effect) {
        return "only with the patch the tests reach for: " + effect;
    }

    private sealed interface Calls permits Comparison, Unanswered {}

    /** The calls with the patch were stopped. */
    private record Unanswered(Containment containment) implements Calls {}

    /**
     * @param compared calls that were made on both sides
     * @param changed in words, the ones that ended otherwise and not because the error is gone
     * @param why there are none, if the base is the reason; else empty
     */
    private record Comparison(int compared, List<String> changed, String why) implements Calls {

        static Comparison of(ReplayReport before, ReplayReport after, Set<String> reported) {
            List<String> changed = new ArrayList<>();
            int compared = 0;
            for (Map.Entry<String, String> call : before.calls().entrySet()) {
                Optional<String> now = Optional.ofNullable(after.calls().get(call.getKey()))
                        .or(() -> after.end() == ReplayReport.End.ALL
                                ? Optional.of("is no longer there")
                                : Optional.empty());
                if (now.isPresent() && tellsSomething(call.getValue())) {
                    compared++;
                    if (isChanged(call.getValue(), now.get(), reported)) {
                        changed.add(call.getKey() + " " + call.getValue() + ", with the patch it " + now.get());
                    }
                }
            }
            return new Comparison(compared, changed, "");
        }

        private static boolean tellsSomething(String onBase) {
            return !onBase.equals(ReplayReport.UNSTABLE) && !onBase.equals(ReplayReport.ENDLESS);
        }

        private static boolean isChanged(String onBase, String now, Set<String> reported) {
            return !now.equals(onBase) && (!reported.contains(onBase) || now.equals(ReplayReport.ENDLESS));
        }
    }

    private Calls calls(Trial trial) throws InterruptedException {
        Optional<ProjectModule> module = trial.classes().keySet().stream().findFirst();
        if (module.isEmpty()) {
            return new Comparison(0, List.of(), "");
        }
        Baseline baseline = trial.job().baseline();
        TaskOutcome before = baseline.knownResults()
                .report(
                        sandbox,
                        job(trial, module.get(), Map.of()),
                        reported -> decode(reported).end() != ReplayReport.End.TIME);
        if (before instanceof Stopped stopped) {
            return new Comparison(
                    0, List.of(), " (on the base: " + stopped.containment().detail() + ")");
        }
        TaskOutcome after = sandbox.run(job(trial, module.get(), trial.allClasses()));
        return after instanceof Stopped stopped
                ? new Unanswered(stopped.containment())
                : Comparison.of(decode((Reported) before), decode((Reported) after), reported(trial));
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

    private static ReplayReport decode(Reported reported) {
        try {
            return ReplayReport.decode(reported.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }
}
