package dev.selfheal.junit;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Sends every failing test to the intake at {@code selfheal.url}. Found by the JUnit Platform's launcher on the class path;
 * without that property it does nothing. A test method is reported once in a run, however many of its invocations fail; a
 * build that tries it again reports it with the same id. What is skipped or aborted is not reported.
 */
public final class SelfhealListener implements TestExecutionListener {

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private volatile Optional<Reporting> reporting = Optional.empty();
    private volatile Optional<TestPlan> plan = Optional.empty();

    /** What is needed while a plan runs. */
    private static final class Reporting {
        private final Settings settings;
        private final EventSender sender;

        Reporting(Settings settings) {
            this.settings = settings;
            this.sender = new EventSender(settings.errorsEndpoint(), settings.key());
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        reported.clear();
        plan = Optional.of(started);
        reporting = Settings.of(started.getConfigurationParameters(), System.getenv())
                .map(Reporting::new);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (reporting.isPresent()
                && plan.isPresent()
                && result.getStatus() == TestExecutionResult.Status.FAILED
                && result.getThrowable().isPresent()) {
            report(
                    reporting.get(),
                    TestSelector.of(plan.get(), identifier),
                    result.getThrowable().get());
        }
    }

    /** Waits a bounded time for what is still on its way. */
    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        reporting.ifPresent(running -> running.sender.close());
        reporting = Optional.empty();
        plan = Optional.empty();
    }

    private void report(Reporting to, Optional<String> selector, Throwable failure) {
        if (selector.isEmpty() || reported.add(selector.get())) {
            to.sender.send(FailureEvent.json(to.settings, selector, failure));
        }
    }
}
