package dev.selfheal.validation.sandbox.runner;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Loads the project under test: the JDK first, the test framework from our bundle whatever the project brings, the
 * patched classes from memory, the rest from the project's classpath. The runner's own classes are not visible.
 */
final class ProjectClassLoader extends URLClassLoader {

    private static final List<String> BUNDLED =
            List.of("org.junit.", "junit.", "org.testng.", "org.hamcrest.", "org.opentest4j.", "org.apiguardian.");

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> overrides;
    private final ClassLoader bundle;
    private final ProtectionDomain patched;
    private final Set<Class<?>> found = ConcurrentHashMap.newKeySet();

    ProjectClassLoader(URL[] classpath, Map<String, byte[]> overrides, ClassLoader bundle) {
        super(classpath, ClassLoader.getPlatformClassLoader()); // no name: it would stand in every stack frame
        this.overrides = Map.copyOf(overrides);
        this.bundle = bundle;
        URL first = classpath.length == 0 ? null : classpath[0];
        this.patched = new ProtectionDomain(new CodeSource(first, (Certificate[]) null), null, this, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (BUNDLED.stream().anyMatch(name::startsWith)) {
            try {
                return bundle.loadClass(name);
            } catch (ClassNotFoundException e) {
                return super.loadClass(name, resolve); // such as a hamcrest extension of the project's
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] override = overrides.get(name);
        if (override != null) {
            return defineClass(name, override, 0, override.length, patched);
        }
        Class<?> own = super.findClass(name);
        found.add(own);
        return own;
    }

    /**
     * Binary names of the classes that were found in one of these entries of the class path so far.
     *
     * @param entries URLs as texts: comparing URLs asks the network for names
     */
    Set<String> loadedFrom(Set<String> entries) {
        return found.stream()
                .filter(type -> entries.contains(
                        type.getProtectionDomain().getCodeSource().getLocation().toExternalForm()))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
