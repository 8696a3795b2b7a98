package dev.selfheal.validation.sandbox.runner;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests on the JUnit Platform: Jupiter, JUnit 3 and 4 through the Vintage engine, and TestNG through its own where the project has it. */
final class TestTask implements Task {

    private static final int ROUNDS = 8;

    /** Rounds that leave TestNG out, which most projects do not have: JUnit is warm first. */
    private static final int JUNIT_ROUNDS = 4;

    private static final List<DiscoverySelector> CANARIES = List.of(
            DiscoverySelectors.selectClass(Canaries.Jupiter.class),
            DiscoverySelectors.selectClass(Canaries.Vintage.class),
            DiscoverySelectors.selectClass(Canaries.TestNg.class));

    private static final Filter<?>[] WITHOUT_TESTNG = {EngineFilter.excludeEngines(TestNgJar.ENGINE)};
    private static final Filter<?>[] WITH_ALL = {};

    /** Finds its engines now, through our own class loader: engines of the project's are not ours to run. */
    private final LauncherSession session = LauncherFactory.openSession();

    @Override
    public int rounds() {
        return ROUNDS;
    }

    private int warmUps;

    @Override
    public void warmUp() {
        execute(CANARIES, warmUps++ < JUNIT_ROUNDS ? WITHOUT_TESTNG : WITH_ALL);
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        TestOrder order = TestOrder.decode(bytes);
        System.setProperty("java.class.path", String.join(File.pathSeparator, order.classpath()));
        try (ProjectClassLoader project =
                new ProjectClassLoader(urls(order.classpath()), order.overrides(), TestTask.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(project);
            TestSelection selection = TestSelection.resolve(order.selectors(), project);
            Filter<?>[] engines = engines(order);
            ResultCollector results = execute(selection.selectors(), engines);
            // The project may have changed the loader; canaries must meet its JUnit configuration and extensions.
            Thread.currentThread().setContextClassLoader(project);
            ResultCollector canaries = execute(CANARIES, engines);
            return results.report(selection.unresolved(), canaries.entries(List.of()))
                    .encode();
        }
    }

    /** The results of one of the order's selectors, without canaries: for what is measured and proves nothing. */
    List<TestReport.Entry> entries(TestOrder order, String selector) throws IOException {
        ResultCollector collector = new ResultCollector();
        run(new TestOrder(order.overrides(), order.classpath(), List.of(selector)), collector);
        return collector.entries(List.of());
    }

    /** Runs the order's tests in a class loader of their own, without canaries, for this listener. */
    void run(TestOrder order, TestExecutionListener listener) throws IOException {
        System.setProperty("java.class.path", String.join(File.pathSeparator, order.classpath()));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (ProjectClassLoader project =
                new ProjectClassLoader(urls(order.classpath()), order.overrides(), TestTask.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(project);
            execute(TestSelection.resolve(order.selectors(), project).selectors(), engines(order), listener);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Filter<?>[] engines(TestOrder order) {
        return TestNgJar.isOn(order.classpath()) ? WITH_ALL : WITHOUT_TESTNG;
    }

    private ResultCollector execute(List<DiscoverySelector> selectors, Filter<?>[] engines) {
        ResultCollector collector = new ResultCollector();
        execute(selectors, engines, collector);
        return collector;
    }

    private void execute(List<DiscoverySelector> selectors, Filter<?>[] engines, TestExecutionListener listener) {
        session.getLauncher()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .filters(engines)
                                .build(),
                        listener);
    }

    static URL[] urls(List<String> classpath) throws MalformedURLException {
        URL[] urls = new URL[classpath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(classpath.get(i)).toUri().toURL();
        }
        return urls;
    }
}
