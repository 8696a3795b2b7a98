package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which paths of the host a JVM needs: its JDK and the C libraries. Everything else stays out.
 *
 * @param jdk the JDK's folder and what its symbolic links lead to outside of it: place inside to real path on the host
 * @param libraries folders with shared libraries that are folders here, and not links to another of them
 * @param libraryLinks links such as {@code /lib64 -> usr/lib64} that the dynamic loader goes through
 */
record HostPaths(Map<Path, Path> jdk, List<Path> libraries, Map<Path, Path> libraryLinks) {

    /** The whole of /etc/hosts inside. */
    static final String HOSTS = "127.0.0.1 localhost sandbox\n::1 localhost\n";

    /** Debian's JDK links its configuration and certificates out of its folder; no JDK nests deeper. */
    private static final int JDK_DEPTH = 5;

    private static final List<String> LIBRARY_ROOTS = List.of("/lib", "/lib64", "/lib32");

    static HostPaths of(Path javaHome) throws IOException {
        return new HostPaths(findJdk(javaHome), findLibraries(), findLibraryLinks());
    }

    private static Map<Path, Path> findJdk(Path javaHome) throws IOException {
        Path home = javaHome.toRealPath();
        Map<Path, Path> mounts = new LinkedHashMap<>();
        mounts.put(home, home);
        try (Stream<Path> files = Files.walk(home, JDK_DEPTH)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Path target =
                        link.getParent().resolve(Files.readSymbolicLink(link)).normalize();
                if (!target.startsWith(home) && Files.isReadable(target)) {
                    mounts.put(target, target.toRealPath());
                }
            }
        }
        return mounts;
    }

    private static List<Path> findLibraries() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String name : List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64")) {
            Path folder = Path.of(name);
            if (Files.isDirectory(folder) && !Files.isSymbolicLink(folder)) {
                folders.addAll(narrowed(folder));
            }
        }
        return folders;
    }

    private static Map<Path, Path> findLibraryLinks() throws IOException {
        Map<Path, Path> links = new LinkedHashMap<>();
        for (String name : LIBRARY_ROOTS) {
            Path root = Path.of(name);
            if (Files.isSymbolicLink(root)) {
                links.put(root, Files.readSymbolicLink(root));
            }
        }
        return links;
    }

    /** On Debian and its heirs the libraries are in one folder per machine type; the rest of /usr/lib is programs. */
    private static List<Path> narrowed(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> perMachine = entries.filter(
                            entry -> entry.getFileName().toString().matches("[a-z0-9_]+-linux-(gnu|musl)\\w*"))
                    .sorted()
                    .toList();
            return perMachine.isEmpty() ? List.of(folder) : perMachine;
        }
    }
}
