package dev.selfheal.validation;

import dev.selfheal.errors.HealingException;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.time.Clock;

/**
 * What proofs are made with: sandbox, sources and baselines. One per process, shared by the service and by whoever lets a
 * test fail before there is a patch. Thread-safe.
 */
public final class Workbench implements AutoCloseable {

    private final Sandbox sandbox;
    private final SourceMirrors sources;
    private final Baselines baselines;
    private final TestProbe probe;

    private Workbench(Sandbox sandbox, ValidationConfig config, Clock clock) {
        this.sandbox = sandbox;
        this.sources = new SourceMirrors(config.workDirectory().resolve("mirrors"));
        this.baselines = new Baselines(
                config.workDirectory().resolve("baselines"),
                sources,
                config.maven(),
                config.gradle(),
                config.baselines(),
                clock);
        this.probe = new TestProbe(sandbox, config.reproductionTimeout());
    }

    /**
     * Sets the sandbox up and proves it.
     *
     * @throws IllegalStateException when no sandbox can be set up: nothing may run without one
     */
    public static Workbench open(ValidationConfig config, Clock clock) {
        try {
            return new Workbench(Sandboxes.open(config.sandbox()), config, clock);
        } catch (HealingException e) {
            throw new IllegalStateException("no sandbox: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox was set up", e);
        }
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public SourceMirrors sources() {
        return sources;
    }

    public Baselines baselines() {
        return baselines;
    }

    public TestProbe probe() {
        return probe;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
