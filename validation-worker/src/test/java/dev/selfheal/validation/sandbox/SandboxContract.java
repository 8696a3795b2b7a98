package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Opens one isolation for a class of tests, or skips them with the reason; after each test no process may be left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract {

    static final Duration AMPLE = Duration.ofSeconds(60);
    static final Duration SHORT = Duration.ofSeconds(4);

    @TempDir
    Path project;

    private Sandbox sandbox;

    abstract Isolation isolation();

    @BeforeAll
    void open() throws InterruptedException {
        sandbox = open(SandboxConfig.defaults().withForced(isolation()).withWarmJvms(0));
    }

    static Sandbox open(SandboxConfig config) throws InterruptedException {
        try {
            return Sandboxes.open(config);
        } catch (HealingException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @AfterAll
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    Sandbox sandbox() {
        return sandbox;
    }

    CompileOutcome compile(String path, String source) throws InterruptedException {
        return sandbox.compile(new CompileJob(Map.of(path, source), framework(), List.of(), AMPLE));
    }

    /** Compiles one source that declares class {@code T} of the unnamed package, or more, and runs it. */
    TestOutcome run(String source) throws InterruptedException {
        return run(source, List.of("T"), AMPLE);
    }

    TestOutcome run(String source, List<String> selectors, Duration timeout) throws InterruptedException {
        return run(sandbox, source, selectors, timeout);
    }

    TestOutcome run(Sandbox on, String source, List<String> selectors, Duration timeout) throws InterruptedException {
        return on.test(new TestJob(Sources.compile(source), framework(), project, selectors, timeout));
    }

    /** Runs the body as the only test. */
    TestOutcome runBody(String body) throws InterruptedException {
        return runBody(body, AMPLE);
    }

    TestOutcome runBody(String body, Duration timeout) throws InterruptedException {
        return run("""
                import java.io.*;
                import java.net.*;
                import java.nio.file.*;
                import java.util.*;
                import org.junit.jupiter.api.*;
                class T {
                    @Test
                    void t() throws Exception {
                        %s
                    }
                }
                """.formatted(body), List.of("T"), timeout);
    }

    /** The result of the only test. */
    TestResult only(TestOutcome outcome) {
        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(((Completed) outcome).results()).hasSize(1);
        return ((Completed) outcome).results().get(0);
    }

    void assertHeld(TestOutcome outcome) {
        TestResult result = only(outcome);
        assertThat(result.status()).as("%s", result.failure()).isEqualTo(TestOutcome.Status.PASSED);
    }

    AbstractObjectAssert<?, Containment.Kind> assertContained(Object outcome) {
        if (outcome instanceof CompileOutcome.Stopped stopped) {
            return assertThat(stopped.containment().kind())
                    .as(stopped.containment().detail());
        }
        assertThat(outcome).isInstanceOf(Stopped.class);
        Containment containment = ((Stopped) outcome).containment();
        return assertThat(containment.kind()).as(containment.detail());
    }

    /** What a JUnit project has on its classpath. */
    static List<Path> framework() {
        return List.of(
                jarOf("org.junit.jupiter.api.Test"),
                jarOf("org.junit.jupiter.params.ParameterizedTest"),
                jarOf("org.junit.Test"),
                jarOf("org.hamcrest.Matcher"),
                jarOf("org.opentest4j.AssertionFailedError"),
                jarOf("org.apiguardian.api.API"));
    }

    static Path jarOf(String type) {
        try {
            return Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
