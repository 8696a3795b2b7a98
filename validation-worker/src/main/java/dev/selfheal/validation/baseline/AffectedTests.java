package dev.selfheal.validation.baseline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the test classes that may notice a change, from the compiled classes' own references: tests named after a
 * changed class first, then tests that mention one, then tests that mention main code that mentions one. Reflection and
 * longer chains are not seen; measured coverage replaces this where it is known.
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
    }

    public Selection select(Baseline.Indexes indexes, Set<String> changed) {
        Set<String> near = indexes.test().dependents(changed);
        Set<String> hop = new TreeSet<>(indexes.main().dependents(changed));
        hop.addAll(changed);
        Set<String> ordered = new LinkedHashSet<>();
        ordered.addAll(named(indexes.test(), changed));
        ordered.addAll(withTestHelpers(indexes.test(), near));
        ordered.addAll(withTestHelpers(indexes.test(), indexes.test().dependents(hop)));
        List<String> tests = new ArrayList<>();
        for (String name : ordered) {
            indexes.test().get(name).map(ClassFile::topLevel).ifPresent(top -> {
                if (!tests.contains(top) && isTest(indexes.test(), top)) {
                    tests.add(top);
                }
            });
        }
        return new Selection(tests.subList(0, Math.min(limit, tests.size())), tests.size());
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
