package dev.selfheal.validation.ahead;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Reproduction;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.baseline.Coverage;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.baseline.SourceBuild;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for a request what its first proposal would wait for: builds the base, runs the reproduction on it, and the tests
 * nearest to the place of the fault; then measures which classes each test class loads. Stops between these as soon as a
 * proposal is there. Thread-safe.
 */
public final class AheadPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(AheadPreparation.class);

    private final Function<String, Optional<HealingPolicy>> policies;
    private final SourceMirrors sources;
    private final Baselines baselines;
    private final Sandbox sandbox;
    private final AffectedTests affected;
    private final Timeouts timeouts;
    private final BooleanSupplier isBusy;

    /**
     * The same as for proposals: results are shared with them.
     *
     * @param suite a run of all tests of a module; measuring what they load takes no longer in one go
     */
    public record Timeouts(Duration reproduction, Duration tests, Duration suite) {}

    /**
     * @param isBusy whether a proposal is being judged
     */
    public AheadPreparation(
            Function<String, Optional<HealingPolicy>> policies,
            SourceMirrors sources,
            Baselines baselines,
            Sandbox sandbox,
            AffectedTests affected,
            Timeouts timeouts,
            BooleanSupplier isBusy) {
        this.policies = policies;
        this.sources = sources;
        this.baselines = baselines;
        this.sandbox = sandbox;
        this.affected = affected;
        this.timeouts = timeouts;
        this.isBusy = isBusy;
    }

    /** False when nothing could be prepared: there is no policy, or the base cannot be had or built. Its verdict will say so. */
    boolean prepare(HealingRequest request) throws InterruptedException {
        Optional<HealingPolicy> policy = policies.apply(request.getService());
        if (policy.isEmpty() || isBusy.getAsBoolean()) {
            return false;
        }
        try {
            String commit =
                    sources.resolve(policy.get().getSource(), request.getEvent().getCommit());
            Baseline baseline = baselines.of(policy.get().getSource(), commit);
            if (!SourceBuild.isCommand(policy.get().getSource())) {
                runTests(baseline, request.getEvent(), policy.get());
            }
            LOG.info("the base of case {} is ready: {} of {}", request.getCaseId(), commit, request.getService());
            return true;
        } catch (HealingException e) {
            LOG.info("the base of case {} is not prepared: {}", request.getCaseId(), e.getMessage());
            return false;
        }
    }

    private void runTests(Baseline baseline, ErrorEvent event, HealingPolicy policy) throws InterruptedException {
        Optional<Reproduction> reproduction = event.getReproduction();
        Optional<ProjectModule> reproducing = reproduction.flatMap(test -> baseline.moduleAt(test.getModule()));
        if (reproducing.isPresent() && !isBusy.getAsBoolean()) {
            sandbox.expect(reproducing.get().expectedWork());
            baseline.knownResults()
                    .repeated(
                            reproduction.get().getSelector(),
                            Math.max(1, policy.getChecks().getFlakyRuns()),
                            new KnownResults.Reruns(sandbox, reproducing.get(), timeouts.reproduction(), isBusy));
        }
        Optional<String> place = place(event, baseline);
        for (ProjectModule module : baseline.modules()) {
            if (place.isPresent() && baseline.indexes(module).main().contains(place.get())) {
                List<String> near = affected.select(baseline.indexes(module), Set.of(place.get()))
                        .classes();
                if (!near.isEmpty() && !isBusy.getAsBoolean()) {
                    baseline.knownResults().of(sandbox, module, near, timeouts.tests(), isBusy);
                }
                baseline.measureCoverage(module, new Coverage.Measuring(sandbox, timeouts.tests(), untilOver()));
            }
        }
    }

    /** What is left over is measured when the next case opens. */
    private BooleanSupplier untilOver() {
        long start = System.nanoTime();
        return () -> isBusy.getAsBoolean()
                || System.nanoTime() - start >= timeouts.suite().toNanos();
    }

    /** The class of the project in which the root cause was thrown: a fix is most likely there. */
    private static Optional<String> place(ErrorEvent event, Baseline baseline) {
        List<ExceptionInfo> chain = event.getExceptions();
        return chain.isEmpty()
                ? Optional.empty()
                : chain.get(chain.size() - 1).getFrames().stream()
                        .map(frame -> frame.getModule())
                        .filter(baseline::isInApp)
                        .findFirst();
    }
}
