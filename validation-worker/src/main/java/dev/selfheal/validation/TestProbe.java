package dev.selfheal.validation;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.Reproduction;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestOutcome;
import java.time.Duration;
import java.util.List;

/**
 * Runs a test on an unpatched base, in the sandbox, to see what it does there. Patches are likely to follow, and the sandbox
 * is told so. Thread-safe.
 */
public final class TestProbe {

    private final Sandbox sandbox;
    private final Duration timeout;

    public TestProbe(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    /**
     * The outcome; the same baseline is asked once per selector.
     *
     * @throws HealingException {@code INVALID_RECORD} when the project has no such module
     */
    public TestOutcome run(Baseline baseline, Reproduction reproduction) throws HealingException, InterruptedException {
        ProjectModule module = baseline.moduleAt(reproduction.getModule())
                .orElseThrow(() -> new HealingException(
                        ErrorCode.INVALID_RECORD, "the project has no module " + reproduction.getModule()));
        sandbox.expect(module.expectedWork());
        String selector = reproduction.getSelector();
        return baseline.knownResults()
                .of(sandbox, module, List.of(selector), timeout)
                .get(selector);
    }
}
