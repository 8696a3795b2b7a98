package dev.selfheal.validation.sandbox.runner;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.testng.SkipException;

/**
 * Failures that TestNG reports as something else. A patch that breaks a set-up must not pass for one that nothing was run
 * on, and what fails must bear the name of a class, or it cannot be compared with the base.
 */
final class TestNgFailures {

    private TestNgFailures() {}

    /**
     * Whether the test is called skipped because a configuration method or a data provider of its failed, which then has
     * thrown this.
     */
    static boolean isHiddenBySkip(TestIdentifier test, Throwable thrown) {
        return isOfTestNg(test) && !(thrown instanceof SkipException) && !isUnmetDependency(thrown);
    }

    /** A test that depends on one that did not pass: that one speaks for itself. TestNG makes a bare Throwable for it. */
    private static boolean isUnmetDependency(Throwable thrown) {
        return thrown.getClass() == Throwable.class;
    }

    /**
     * What a container's failure is to be reported as. A configuration method outside a class's own time, such as one after
     * the suite, fails the whole engine: its class is the one that is on the stack, and where none is, every class.
     */
    static List<TestIdentifier> owners(TestIdentifier container, TestPlan plan, TestExecutionResult result) {
        if (!isOfTestNg(container) || container.getParentId().isPresent()) {
            return List.of(container);
        }
        Set<String> stack = result.getThrowable().stream()
                .flatMap(thrown -> Stream.concat(Stream.of(thrown), Stream.of(thrown.getSuppressed())))
                .flatMap(thrown -> Stream.of(thrown.getStackTrace()))
                .map(StackTraceElement::getClassName)
                .collect(Collectors.toSet());
        List<TestIdentifier> classes = List.copyOf(plan.getChildren(container));
        List<TestIdentifier> owners =
                classes.stream().filter(type -> isOn(stack, type)).toList();
        return owners.isEmpty() ? classes : owners;
    }

    private static boolean isOn(Set<String> stack, TestIdentifier test) {
        Class<?> type = test.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass())
                .orElse(null);
        for (; type != null; type = type.getSuperclass()) {
            if (stack.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTestNg(TestIdentifier test) {
        return test.getUniqueIdObject()
                .getEngineId()
                .filter(TestNgJar.ENGINE::equals)
                .isPresent();
    }
}
