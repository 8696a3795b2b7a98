package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes below one output folder, by binary name. Immutable. */
public final class ClassIndex {

    /** Class-file major version of Java 1.0 minus one: version 52 is level 8. */
    private static final int MAJOR_OFFSET = 44;

    private static final String MODULE_INFO = "module-info";

    private final Map<String, ClassFile> classes;

    private ClassIndex(Map<String, ClassFile> classes) {
        this.classes = classes;
    }

    /** Reads every class file below the folder; a missing folder is an empty index. */
    public static ClassIndex read(Path folder) throws IOException {
        Map<String, ClassFile> classes = new TreeMap<>();
        for (Path file : classFiles(folder)) {
            ClassFile parsed = ClassFile.parse(Files.readAllBytes(file));
            classes.put(parsed.name(), parsed);
        }
        classes.remove(MODULE_INFO);
        return new ClassIndex(classes);
    }

    /** The highest language level of the classes below a folder; empty when there are none. */
    static Optional<Integer> highestLevel(Path folder) throws IOException {
        return read(folder).classes.values().stream()
                .map(file -> file.major() - MAJOR_OFFSET)
                .max(Integer::compare);
    }

    public Optional<ClassFile> get(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    public boolean contains(String name) {
        return classes.containsKey(name);
    }

    public Stream<ClassFile> all() {
        return classes.values().stream();
    }

    /** The classes compiled from one source file, given below its source root: {@code org/example/A.java}. */
    public List<ClassFile> ofSource(Path source) {
        String folder = source.getParent() == null
                ? ""
                : source.getParent().toString().replace('/', '.').replace('\\', '.') + ".";
        String simpleName = source.getFileName().toString();
        return classes.values().stream()
                .filter(file -> file.name().startsWith(folder))
                .filter(file -> file.name().indexOf('.', folder.length()) < 0)
                .filter(file -> file.sourceFile().filter(simpleName::equals).isPresent())
                .toList();
    }

    /** Names of the classes that mention one of the given ones, themselves left out. */
    public Set<String> dependents(Set<String> names) {
        return classes.values().stream()
                .filter(file -> !names.contains(file.name()))
                .filter(file -> file.references().stream().anyMatch(names::contains))
                .map(ClassFile::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.startsWith(folder.resolve("META-INF")))
                    .sorted()
                    .toList();
        }
    }
}
