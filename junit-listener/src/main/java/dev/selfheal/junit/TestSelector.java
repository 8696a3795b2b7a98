package dev.selfheal.junit;

import java.util.Optional;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** By which name a failing test can be run again. Pure. */
final class TestSelector {

    private TestSelector() {}

    /**
     * {@code pkg.Class#method}; {@code pkg.Class} for a class that could not be set up. Invocations of one test method, and
     * dynamic tests, have the name of the method that made them. Empty for what is neither.
     */
    static Optional<String> of(TestPlan plan, TestIdentifier identifier) {
        Optional<TestIdentifier> at = Optional.of(identifier);
        while (at.isPresent()) {
            Optional<String> name = at.get().getSource().flatMap(TestSelector::name);
            if (name.isPresent()) {
                return name;
            }
            at = plan.getParent(at.get());
        }
        return Optional.empty();
    }

    private static Optional<String> name(TestSource source) {
        if (source instanceof MethodSource) {
            MethodSource method = (MethodSource) source;
            return Optional.of(method.getClassName() + "#" + method.getMethodName());
        }
        return source instanceof ClassSource ? Optional.of(((ClassSource) source).getClassName()) : Optional.empty();
    }
}
