package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.validation.edit.GitTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills one folder of the store: {@code tree/} (the commit, then built in place), {@code tree.lst} (what git knows of it,
 * taken before the build), {@code modules.properties} (what Maven knows of it), {@code maven.log}. Beside them,
 * {@code results/} gets what the base's tests and analysers came to, as it becomes known.
 */
final class BaselinePreparation {

    private static final String TREE = "tree";
    private static final String LISTING = "tree.lst";
    private static final String REPORT = "modules.properties";
    private static final String RESULTS = "results";

    private final SourceMirrors sources;
    private final MavenBuild maven;

    BaselinePreparation(SourceMirrors sources, MavenBuild maven) {
        this.sources = sources;
        this.maven = maven;
    }

    void prepare(Path entry, SourceRepository repository, String commit)
            throws IOException, HealingException, InterruptedException {
        Path tree = entry.resolve(TREE);
        Files.createDirectories(tree);
        sources.export(repository, commit, tree);
        GitTree.list(tree).write(entry.resolve(LISTING));
        Path project = tree.resolve(repository.getSubdirectory()).normalize();
        if (!project.startsWith(tree)) {
            throw new HealingException(
                    ErrorCode.INVALID_RECORD,
                    "subdirectory " + repository.getSubdirectory() + " leaves the repository");
        }
        if (SourceBuild.isCommand(repository)) {
            if (repository.getCommand().isEmpty()) {
                throw new HealingException(ErrorCode.BASE_BROKEN, "the policy's build is command, but it names none");
            }
            return; // its tests run on the sources as they are: there is nothing to build
        }
        if (!SourceBuild.MAVEN.equals(repository.getBuild())) {
            throw new HealingException(
                    ErrorCode.BASE_BROKEN,
                    "build " + repository.getBuild() + " is not known; only maven and command are");
        }
        maven.run(project, entry, entry.resolve(REPORT));
    }

    Baseline load(Path entry, String commit) throws IOException, HealingException {
        KnownResults results = new KnownResults(ResultStore.in(entry.resolve(RESULTS)));
        if (!Files.exists(entry.resolve(REPORT))) {
            return new Baseline(
                    commit, entry.resolve(TREE), GitTree.read(entry.resolve(LISTING)), List.of(), Map.of(), results);
        }
        List<ProjectModule> modules = ModuleReport.read(entry.resolve(REPORT));
        if (modules.isEmpty()) {
            throw new HealingException(ErrorCode.BASE_BROKEN, "the project has no module with code");
        }
        Map<Path, Baseline.Indexes> indexes = new HashMap<>();
        for (ProjectModule module : modules) {
            indexes.put(
                    module.directory(),
                    new Baseline.Indexes(ClassIndex.read(module.mainClasses()), ClassIndex.read(module.testClasses())));
        }
        return new Baseline(
                commit, entry.resolve(TREE), GitTree.read(entry.resolve(LISTING)), modules, indexes, results);
    }
}
