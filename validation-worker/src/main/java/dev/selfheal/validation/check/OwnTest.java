package dev.selfheal.validation.check;

import dev.selfheal.event.ProposedTest;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.CompileJob;
import dev.selfheal.validation.sandbox.CompileOutcome;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.CompileOutcome.Stopped;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a test out of what a proposer wrote, or says why it cannot be taken for evidence. Whoever wrote the patch wrote the
 * test too, so it may use nothing that a risk rule names, write no stack trace, and define nothing but itself.
 */
final class OwnTest {

    private final Sandbox sandbox;
    private final Duration timeout;

    OwnTest(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    /** The test, or why it is none. */
    record Made(Optional<Reproducer> test, String refusal) {

        private static Made refused(String why) {
            return new Made(Optional.empty(), why);
        }
    }

    Made make(Trial trial, ProposedTest proposed) throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        Optional<ProjectModule> module = baseline.moduleAt(proposed.getModule());
        if (module.isEmpty()) {
            return Made.refused("the project has no module " + proposed.getModule());
        }
        Optional<String> objection = OwnTestRules.objection(baseline, proposed);
        if (objection.isPresent()) {
            return Made.refused(objection.get());
        }
        CompileOutcome outcome = sandbox.compile(new CompileJob(
                Map.of(proposed.getClassName().replace('.', '/') + ".java", proposed.getSource()),
                module.get().testClasspath(),
                module.get().javacOptions(),
                trial.job().deadline().atMost(timeout)));
        if (outcome instanceof Compiled compiled) {
            return made(proposed, module.get(), compiled.classes());
        }
        return Made.refused(
                outcome instanceof Refused refused
                        ? "it does not compile: " + firstProblem(refused)
                        : "the compiler " + ((Stopped) outcome).containment().detail());
    }

    private static Made made(ProposedTest proposed, ProjectModule module, Map<String, byte[]> classes) {
        String name = proposed.getClassName();
        return classes.keySet().stream()
                .filter(each -> !each.equals(name) && !each.startsWith(name + "$"))
                .findFirst()
                .map(foreign -> Made.refused("it defines " + foreign))
                .orElseGet(() -> new Made(Optional.of(new Reproducer(name, module, classes)), ""));
    }

    private static String firstProblem(Refused refused) {
        return refused.problems().stream()
                .map(problem -> problem.line() + ": " + problem.message())
                .findFirst()
                .orElse("javac refused without a message");
    }
}
