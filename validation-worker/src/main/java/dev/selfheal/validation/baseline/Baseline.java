package dev.selfheal.validation.baseline;

import dev.selfheal.validation.edit.GitTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One commit of one repository, checked out, built and indexed. Shared and never written to: a patch lives in memory
 * beside it. Immutable.
 *
 * @param root the repository's root at that commit, plus what the build put there
 * @param tree every file git knows, before anything was built
 * @param modules the built modules, the project's root first
 * @param indexes main and test classes per module folder
 * @param knownResults results of tests on this base, in the same sandbox that judges patches
 */
public record Baseline(
        String commit,
        Path root,
        GitTree tree,
        List<ProjectModule> modules,
        Map<Path, Indexes> indexes,
        KnownResults knownResults) {

    /** Classes of one module. */
    public record Indexes(ClassIndex main, ClassIndex test) {}

    public Baseline {
        modules = List.copyOf(modules);
        indexes = Map.copyOf(indexes);
    }

    /** The module whose folder holds the path from the root; the innermost one where they nest. */
    public Optional<ProjectModule> moduleOf(String path) {
        return modules.stream()
                .filter(module -> root.resolve(path).startsWith(module.directory()))
                .max((a, b) -> Integer.compare(
                        a.directory().getNameCount(), b.directory().getNameCount()));
    }

    /**
     * The module at a folder below the project's own folder; empty text is the project's root module. A root without code is
     * no module: then empty text is the first one, and a folder is the one module that lies at such a path.
     */
    public Optional<ProjectModule> moduleAt(String folder) {
        if (modules.isEmpty()) {
            return Optional.empty();
        }
        Path directory = modules.get(0).directory().resolve(folder).normalize();
        Optional<ProjectModule> exact = modules.stream()
                .filter(module -> module.directory().equals(directory))
                .findFirst();
        return exact.isPresent() ? exact : onlyAt(Path.of(folder));
    }

    private Optional<ProjectModule> onlyAt(Path folder) {
        List<ProjectModule> ending = modules.stream()
                .filter(module -> module.directory().endsWith(folder))
                .toList();
        return ending.size() == 1 ? Optional.of(ending.get(0)) : Optional.empty();
    }

    public Indexes indexes(ProjectModule module) {
        return indexes.get(module.directory());
    }

    /** The modules whose tests see the module's main code, itself first. */
    public List<ProjectModule> withDependents(ProjectModule module) {
        return Stream.concat(
                        Stream.of(module),
                        modules.stream()
                                .filter(other -> !other.equals(module))
                                .filter(other -> other.testClasspath().contains(module.mainClasses())))
                .toList();
    }

    /** Measures what every test class loads that sees the module's main code; see {@link Coverage#measure}. */
    public int measureCoverage(ProjectModule changing, Coverage.Measuring how) throws InterruptedException {
        List<Path> folders = modules.stream().map(ProjectModule::mainClasses).toList();
        int measured = 0;
        for (ProjectModule module : withDependents(changing)) {
            List<String> tests = AffectedTests.all(indexes(module));
            measured += knownResults.coverage().measure(module, folders, tests, how);
        }
        return measured;
    }

    /** True when some module's main code holds the class. */
    public boolean isInApp(String className) {
        return indexes.values().stream().anyMatch(index -> index.main().contains(className));
    }
}
