package dev.selfheal.validation.sandbox.runner;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * Selectors resolved against the project's classes.
 *
 * @param unresolved one failed entry for every selector that names no class or method
 */
record TestSelection(List<DiscoverySelector> selectors, List<TestReport.Entry> unresolved) {

    static TestSelection resolve(List<String> wanted, ClassLoader loader) {
        TestSelection selection = new TestSelection(new ArrayList<>(), new ArrayList<>());
        for (String selector : wanted) {
            try {
                selection.selectors.addAll(resolve(selector, loader));
            } catch (ReflectiveOperationException | LinkageError e) {
                selection.unresolved.add(Entries.failed(selector, false, 0, e));
            }
        }
        return selection;
    }

    private static List<DiscoverySelector> resolve(String selector, ClassLoader loader)
            throws ReflectiveOperationException {
        int hash = selector.indexOf('#');
        Class<?> type = Class.forName(hash < 0 ? selector : selector.substring(0, hash), false, loader);
        if (hash < 0) {
            return List.of(DiscoverySelectors.selectClass(type));
        }
        // Our own ids carry the invocation of a parameterised test; the method is what can be selected.
        String method = selector.substring(hash + 1).replaceFirst("[\\[(~].*", "");
        return methods(type, method);
    }

    /** Every overload, also inherited ones: parameterised and injected tests take arguments. */
    private static List<DiscoverySelector> methods(Class<?> type, String name) throws NoSuchMethodException {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (Class<?> owner = type; owner != null && selectors.isEmpty(); owner = owner.getSuperclass()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (method.getName().equals(name) && !method.isSynthetic()) {
                    selectors.add(DiscoverySelectors.selectMethod(type, method));
                }
            }
        }
        if (selectors.isEmpty()) {
            throw new NoSuchMethodException(type.getName() + "#" + name);
        }
        return selectors;
    }
}
