package dev.selfheal.standalone.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;

/** The package prefixes of a project's own code, read off its main sources: the topmost packages that hold a class. */
public final class InAppPackages {

    private static final String MAIN = "src/main/java";

    private InAppPackages() {}

    /**
     * Topmost packages, sorted; empty when there are no main sources.
     *
     * @param project folder of a Maven project
     */
    public static List<String> of(Path project) throws IOException {
        Path sources = project.resolve(MAIN);
        TreeSet<String> topmost = new TreeSet<>();
        if (Files.isDirectory(sources)) {
            Files.walkFileTree(sources, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.toString().endsWith(".java") || file.endsWith("module-info.java")) {
                        return FileVisitResult.CONTINUE;
                    }
                    topmost.add(sources.relativize(file.getParent())
                            .toString()
                            .replace('\\', '.')
                            .replace('/', '.'));
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return topmost.stream()
                .filter(name -> !name.isEmpty())
                .filter(name -> topmost.stream().noneMatch(other -> !other.isEmpty() && name.startsWith(other + ".")))
                .toList();
    }
}
