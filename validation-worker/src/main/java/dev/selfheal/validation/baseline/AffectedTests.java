package dev.selfheal.validation.baseline;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses the test classes that may notice a change: tests named after a changed class first, then tests that mention one,
 * then tests that mention main code that mentions one. References of compiled classes show neither reflection nor longer
 * chains; where it was measured what a test class loads, that decides instead: one that loads no changed class is left out,
 * and one that does is taken, however it came to it. A test named after the class is always taken.
 */
public final class AffectedTests {

    private static final List<String> TEST_MARKERS = List.of(
            "org.junit.Test",
            "org.junit.runner.RunWith",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.testng.annotations.Test",
            "org.testng.annotations.Factory");
    private static final String JUNIT3 = "junit.framework.TestCase";

    private final int limit;

    /**
     * @param limit test classes at most; the least related are left out
     */
    public AffectedTests(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", must be at least 1");
        }
        this.limit = limit;
    }

    /**
     * @param classes most related first
     * @param found before the limit was applied
     */
    public record Selection(List<String> classes, int found) {

        public Selection {
            classes = List.copyOf(classes);
        }

        /** The most related of them. */
        public Selection atMost(int count) {
            return new Selection(classes.subList(0, Math.min(count, classes.size())), found);
        }
    }

    public int limit() {
        return limit;
    }

    /** By name and reference alone. */
    public Selection select(Baseline.Indexes indexes, Set<String> changed) {
        return select(indexes, changed, test -> Optional.empty());
    }

    /**
     * @param coverage what a test class loads, where that is known
     */
    public Selection select(
            Baseline.Indexes indexes, Set<String> changed, Function<String, Optional<Set<String>>> coverage) {
        Set<String> named = testsOf(indexes.test(), named(indexes.test(), changed));
        Set<String> tests = new LinkedHashSet<>(named);
        for (String mentioning : mentioning(indexes, changed)) {
            if (coverage.apply(mentioning)
                    .map(loaded -> !Collections.disjoint(loaded, changed))
                    .orElse(true)) {
                tests.add(mentioning);
            }
        }
        tests.addAll(reaching(indexes, changed, coverage));
        return new Selection(List.copyOf(tests), tests.size()).atMost(limit);
    }

    private static Set<String> mentioning(Baseline.Indexes indexes, Set<String> changed) {
        Set<String> hop = new TreeSet<>(indexes.main().dependents(changed));
        hop.addAll(changed);
        Set<String> ordered = new LinkedHashSet<>();
        ordered.addAll(withTestHelpers(indexes.test(), indexes.test().dependents(changed)));
        ordered.addAll(withTestHelpers(indexes.test(), indexes.test().dependents(hop)));
        return testsOf(indexes.test(), ordered);
    }

    /** What loads the fewest other classes is the most about the changed one. */
    private static List<String> reaching(
            Baseline.Indexes indexes, Set<String> changed, Function<String, Optional<Set<String>>> coverage) {
        Map<String, Integer> breadth = new TreeMap<>();
        for (String test : all(indexes)) {
            coverage.apply(test)
                    .filter(loaded -> !Collections.disjoint(loaded, changed))
                    .ifPresent(loaded -> breadth.put(test, loaded.size()));
        }
        return breadth.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The top-level test classes among these or around them, in the same order. */
    private static Set<String> testsOf(ClassIndex tests, Collection<String> names) {
        return names.stream()
                .flatMap(name -> tests.get(name).map(ClassFile::topLevel).stream())
                .filter(top -> isTest(tests, top))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every test class of the module. */
    public static List<String> all(Baseline.Indexes indexes) {
        return indexes.test()
                .all()
                .map(ClassFile::topLevel)
                .distinct()
                .filter(name -> isTest(indexes.test(), name))
                .toList();
    }

    private static List<String> named(ClassIndex tests, Set<String> changed) {
        Set<String> simpleNames = changed.stream()
                .filter(name -> name.indexOf('$') < 0)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        return tests.all()
                .map(ClassFile::name)
                .filter(name -> {
                    String simple = name.substring(name.lastIndexOf('.') + 1);
                    return simpleNames.stream()
                            .anyMatch(target -> simple.equals(target + "Test")
                                    || simple.equals(target + "Tests")
                                    || simple.equals(target + "TestCase")
                                    || simple.equals("Test" + target));
                })
                .toList();
    }

    /** A test often reaches the code through a base class or a helper among the tests. */
    private static Set<String> withTestHelpers(ClassIndex tests, Set<String> near) {
        Set<String> all = new LinkedHashSet<>(near);
        all.addAll(tests.dependents(near));
        return all;
    }

    private static boolean isTest(ClassIndex tests, String name) {
        return tests.get(name).filter(ClassFile::isConcrete).isPresent() && hasTests(tests, name, 0);
    }

    private static boolean hasTests(ClassIndex tests, String name, int depth) {
        if (JUNIT3.equals(name)) {
            return true;
        }
        ClassFile file = tests.get(name).orElse(null);
        if (file == null || depth > 16) {
            return false;
        }
        return TEST_MARKERS.stream().anyMatch(file.annotations()::contains)
                || file.annotations().contains("org.junit.jupiter.api.Nested")
                || hasTests(tests, file.superName(), depth + 1);
    }
}
