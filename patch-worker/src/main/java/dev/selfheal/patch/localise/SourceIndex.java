package dev.selfheal.patch.localise;

import dev.selfheal.event.StackFrame;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Java files of a source tree by simple name, whatever the number of modules. Immutable; holds paths, no content. */
public final class SourceIndex {

    /** Build output and metadata: never the source of a frame. */
    private static final Set<String> SKIPPED = Set.of(".git", ".mvn", ".gradle", ".idea", "target", "build", "out");

    private final Map<String, List<String>> pathsByName;

    private SourceIndex(Map<String, List<String>> pathsByName) {
        this.pathsByName = pathsByName;
    }

    /**
     * Walks the tree once; symbolic links are not followed.
     *
     * @param root the repository root, which indexed paths are relative to
     * @param subdirectory folder below the root to index; empty for all of it
     * @throws IOException when a folder cannot be listed
     */
    public static SourceIndex of(Path root, String subdirectory) throws IOException {
        Map<String, List<String>> paths = new HashMap<>();
        Path start = root.resolve(subdirectory);
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skipped = !directory.equals(start)
                        && SKIPPED.contains(directory.getFileName().toString())
                        && !insidePackages(root.relativize(directory));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile() && name.endsWith(".java")) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    paths.computeIfAbsent(name, key -> new ArrayList<>()).add(path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        // Shortest path first, then by name: the same tree gives the same answer on every file system.
        paths.values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).thenComparing(path -> path)));
        return new SourceIndex(paths);
    }

    /** The file a frame was compiled from; main sources win over test sources of the same name. */
    public Optional<String> find(StackFrame frame) {
        ClassName name = ClassName.of(frame.getModule());
        String file = frame.getFile().filter(f -> f.endsWith(".java")).orElse(name.topLevel() + ".java");
        String tail = name.packagePath().isEmpty() ? file : name.packagePath() + "/" + file;
        return pathsByName.getOrDefault(file, List.of()).stream()
                .filter(path -> path.equals(tail) || path.endsWith("/" + tail))
                .min(Comparator.comparing(SourceIndex::isTestSource));
    }

    /** True for sources of any Maven source set but {@code main}, and for folders that are named for tests. */
    public static boolean isTestSource(String path) {
        List<String> folders = List.of(path.split("/"));
        int src = folders.indexOf("src");
        if (src >= 0 && src + 2 < folders.size() && folders.get(src + 2).equals("java")) {
            return !folders.get(src + 1).equals("main");
        }
        return !folders.contains("main") && folders.stream().anyMatch(Set.of("test", "tests", "it")::contains);
    }

    /** {@code build} and {@code out} are also package names: below a source root they are kept. */
    private static boolean insidePackages(Path directory) {
        String path = directory.toString().replace('\\', '/');
        return path.matches("(?:.*/)?src/[^/]+/java/.*");
    }
}
