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
import java.util.regex.Pattern;

/**
 * Source files of a tree by simple name, whatever the number of modules. A Java frame names its file by package and class; a
 * frame of another language by the file and as much of its folders as the trace tells. Immutable; holds paths, no content.
 */
public final class SourceIndex {

    /** Build output and metadata: never the source of a frame. */
    private static final Set<String> SKIPPED = Set.of(
            ".git",
            ".mvn",
            ".gradle",
            ".idea",
            "target",
            "build",
            "out",
            "node_modules",
            "__pycache__",
            ".venv",
            "venv");

    private static final String JAVA = ".java";

    /** Languages whose traces tell files and not classes. */
    private static final Pattern SCRIPT = Pattern.compile(".+\\.(?:py|[cm]?[jt]s|[jt]sx|go|cs)");

    private static final Pattern TEST_FILE =
            Pattern.compile("(?:.*/)?(?:test_[^/]+\\.py|[^/]+_test\\.(?:py|go)|[^/]+\\.(?:test|spec)\\.[cm]?[jt]sx?)");

    private static final Pattern EXTENSION = Pattern.compile("\\.[a-z]{1,4}$");

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
                if (attributes.isRegularFile() && (isJava(name) || isScript(name))) {
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

    /** The file a frame is of; main sources win over test sources of the same name. */
    public Optional<String> find(StackFrame frame) {
        Optional<String> script = frame.getFile().filter(SourceIndex::isScript);
        if (script.isPresent()) {
            return findScript(script.get(), frame.getModule());
        }
        Optional<String> java = findJava(frame);
        return java.isPresent() || frame.getFile().isPresent() ? java : findPython(frame.getModule());
    }

    static boolean isJava(String file) {
        return file.endsWith(JAVA);
    }

    private static boolean isScript(String file) {
        return SCRIPT.matcher(file).matches();
    }

    private Optional<String> findPython(String module) {
        return findScript(module.substring(module.lastIndexOf('.') + 1) + ".py", module);
    }

    /** Of several files of that name the one whose folders are the module's; none when nothing tells them apart. */
    private Optional<String> findScript(String file, String module) {
        List<String> named = pathsByName.getOrDefault(file.substring(file.lastIndexOf('/') + 1), List.of());
        String wanted = file.endsWith(".py") ? module.replace('.', '/') : module;
        int most =
                named.stream().mapToInt(path -> commonTail(path, wanted)).max().orElse(0);
        boolean known = most > 0 || named.size() == 1;
        return named.stream()
                .filter(path -> known && commonTail(path, wanted) == most)
                .min(Comparator.comparing(SourceIndex::isTestSource));
    }

    /** How many names at the end of both are the same; a module takes its folder's name where its file has none of its own. */
    private static int commonTail(String path, String module) {
        String plain = EXTENSION.matcher(path).replaceFirst("").replaceFirst("/(?:index|__init__)$", "");
        String[] one = plain.split("/", -1);
        String[] other = module.split("/", -1);
        int common = 0;
        while (common < Math.min(one.length, other.length)
                && one[one.length - 1 - common].equals(other[other.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private Optional<String> findJava(StackFrame frame) {
        ClassName name = ClassName.of(frame.getModule());
        String file = frame.getFile().filter(SourceIndex::isJava).orElse(name.topLevel() + JAVA);
        String tail = name.packagePath().isEmpty() ? file : name.packagePath() + "/" + file;
        return pathsByName.getOrDefault(file, List.of()).stream()
                .filter(path -> path.equals(tail) || path.endsWith("/" + tail))
                .min(Comparator.comparing(SourceIndex::isTestSource));
    }

    /** True for sources of any Maven source set but {@code main}, and for folders and files that are named for tests. */
    public static boolean isTestSource(String path) {
        if (TEST_FILE.matcher(path).matches()) {
            return true;
        }
        List<String> folders = List.of(path.split("/"));
        int src = folders.indexOf("src");
        if (src >= 0 && src + 2 < folders.size() && folders.get(src + 2).equals("java")) {
            return !folders.get(src + 1).equals("main");
        }
        return !folders.contains("main")
                && folders.stream().anyMatch(Set.of("test", "tests", "it", "__tests__")::contains);
    }

    /** {@code build} and {@code out} are also package names: below a source root they are kept. */
    private static boolean insidePackages(Path directory) {
        String path = directory.toString().replace('\\', '/');
        return path.matches("(?:.*/)?src/[^/]+/java/.*");
    }
}
