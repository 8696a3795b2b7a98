package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.runner.Canaries;
import dev.selfheal.validation.sandbox.runner.TestNgJar;
import dev.selfheal.validation.sandbox.runner.TestOrder;
import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import dev.selfheal.validation.sandbox.runner.TestReport.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Tests of ours in the midst of the project's, in its package and under names made up for this run; chance decides how many
 * there are, which of them must pass and which must fail. Code that makes tests pass, or answers for them, cannot tell
 * which of them it must not touch. Only the worker knows, and takes them out of the results.
 *
 * @param classes binary name to class file
 * @param expected what each must come to, by test id
 * @param known how many of the runner's own tests have to be reported besides
 */
record HiddenCanaries(Map<String, byte[]> classes, Map<String, Status> expected, List<String> selectors, int known) {

    static final String WANTED = "selfheal-canary-wanted";
    static final String GIVEN = "selfheal-canary-given";

    private static final List<Class<?>> JUNIT = List.of(JupiterCanary.class, VintageCanary.class);
    private static final List<Class<?>> ALL = List.of(JupiterCanary.class, VintageCanary.class, TestNgCanary.class);
    private static final int MORE = 3;

    /**
     * @param random must not be predictable
     */
    static HiddenCanaries plant(TestJob job, Random random) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        Map<String, Status> expected = new LinkedHashMap<>();
        List<String> selectors = new ArrayList<>(job.selectors());
        String packageName = packageOf(job.selectors());
        List<String> classpath = job.classpath().stream().map(Path::toString).toList();
        List<Class<?>> templates = TestNgJar.isOn(classpath) ? ALL : JUNIT;
        int count = 2 * templates.size() + random.nextInt(MORE);
        for (int i = 0; i < count; i++) {
            // One of each framework must fail and one pass: what makes tests pass may have its hands on one framework
            // alone.
            boolean passes = i >= 2 * templates.size() ? random.nextBoolean() : i >= templates.size();
            String name = packageName + "T" + word(random) + "Test";
            Class<?> template = templates.get(i % templates.size());
            classes.put(name, classFile(template, name, word(random), passes ? "" : word(random)));
            expected.put(name + "#test", passes ? Status.PASSED : Status.FAILED);
            selectors.add(random.nextInt(selectors.size() + 1), name); // the project's own keep their order
        }
        return new HiddenCanaries(classes, expected, selectors, Canaries.count(classpath));
    }

    private static byte[] classFile(Class<?> template, String name, String wanted, String difference)
            throws IOException {
        String resource = template.getSimpleName() + ".class";
        try (InputStream in = template.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            Map<String, String> texts = Map.of(
                    template.getName().replace('.', '/'),
                    name.replace('.', '/'),
                    template.getSimpleName() + ".java",
                    name.substring(name.lastIndexOf('.') + 1) + ".java",
                    WANTED,
                    wanted,
                    GIVEN,
                    wanted + difference);
            return ClassRenaming.rename(in.readAllBytes(), texts);
        }
    }

    private static String packageOf(List<String> selectors) {
        return selectors.stream()
                .findFirst()
                .map(selector -> selector.split("#", 2)[0])
                .map(type -> type.substring(0, type.lastIndexOf('.') + 1))
                .orElse("");
    }

    private static String word(Random random) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The job with the canaries in it. */
    TestOrder order(TestJob job, List<String> classpath) {
        Map<String, byte[]> overrides = new LinkedHashMap<>(job.overrides());
        overrides.putAll(classes);
        return new TestOrder(overrides, classpath, selectors);
    }

    /** A canary, or the class of one, which reports itself when TestNG's configuration fails. */
    boolean isCanary(Entry entry) {
        return expected.containsKey(entry.id()) || classes.containsKey(entry.id());
    }

    /** What about them cannot be; empty when they came out as they must. */
    Optional<String> lie(List<Entry> entries) {
        List<Entry> reported = entries.stream()
                .filter(entry -> expected.containsKey(entry.id()))
                .toList();
        if (reported.size() != expected.size()) {
            return Optional.of(reported.size() + " of " + expected.size() + " hidden canary tests reported");
        }
        return reported.stream()
                .filter(entry -> entry.status() != expected.get(entry.id()) && !hasNoSetUp(entry, entries))
                .findFirst()
                .map(entry ->
                        "a hidden canary test must be " + expected.get(entry.id()) + " and was " + entry.status());
    }

    /**
     * TestNG runs no test of any class after a set-up of the whole suite has failed. Then the canary fails with what some
     * class of the project's fails with, and nobody gains by it: nothing passes.
     */
    private boolean hasNoSetUp(Entry canary, List<Entry> entries) {
        return canary.status() == Status.FAILED
                && entries.stream()
                        .filter(entry -> !isCanary(entry) && entry.id().indexOf('#') < 0)
                        .anyMatch(entry -> entry.status() == Status.FAILED
                                && entry.stackTrace().equals(canary.stackTrace()));
    }
}
