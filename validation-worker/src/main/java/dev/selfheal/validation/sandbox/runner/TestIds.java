package dev.selfheal.validation.sandbox.runner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ids that stay the same from run to run: {@code pkg.Class#method}, with {@code [2]} for the second invocation of a
 * parameterised test and {@code [1.3]} inside dynamic containers. Overloads that would collide get {@code ~2}, …
 */
final class TestIds {

    private static final Set<String> INVOCATIONS = Set.of(
            "test-template-invocation", "dynamic-container", "dynamic-test", "class-template-invocation", "invoc");

    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();

    String of(TestIdentifier test, TestPlan plan) {
        return known.computeIfAbsent(test.getUniqueId(), unique -> distinct(describe(test, plan)));
    }

    private String distinct(String id) {
        int use = uses.merge(id, 1, Integer::sum);
        return use == 1 ? id : id + "~" + use;
    }

    private static String describe(TestIdentifier test, TestPlan plan) {
        UniqueId unique = test.getUniqueIdObject();
        if (unique.getEngineId().filter("junit-vintage"::equals).isPresent()) {
            return vintage(test, plan);
        }
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getClassName() + "#" + method.getMethodName() + invocation(unique);
        }
        if (source instanceof ClassSource type) {
            return type.getClassName() + invocation(unique);
        }
        // A dynamic test may have a URI source or none: its factory method has one.
        return plan.getParent(test)
                .filter(parent -> parent.getSource().isPresent())
                .map(parent -> describe(parent, plan).replaceFirst("\\[[0-9.]+]$", "") + invocation(unique))
                .orElse(unique.toString());
    }

    private static String invocation(UniqueId unique) {
        List<String> path = unique.getSegments().stream()
                .filter(segment -> INVOCATIONS.contains(segment.getType()))
                .map(segment -> segment.getValue().replace("#", ""))
                .toList();
        return path.isEmpty() ? "" : path.stream().collect(Collectors.joining(".", "[", "]"));
    }

    /** The legacy name of a JUnit 3 or 4 test is its method, with the parameter set: {@code test[0]}. */
    private static String vintage(TestIdentifier test, TestPlan plan) {
        Optional<String> type = className(test);
        for (Optional<TestIdentifier> up = plan.getParent(test); type.isEmpty() && up.isPresent(); ) {
            type = className(up.get());
            up = plan.getParent(up.get());
        }
        String owner = type.orElse(test.getUniqueId());
        return test.isTest() ? owner + "#" + test.getLegacyReportingName() : owner;
    }

    private static Optional<String> className(TestIdentifier test) {
        return test.getSource().flatMap(source -> {
            if (source instanceof MethodSource method) {
                return Optional.of(method.getClassName());
            }
            return source instanceof ClassSource type ? Optional.of(type.getClassName()) : Optional.empty();
        });
    }
}
