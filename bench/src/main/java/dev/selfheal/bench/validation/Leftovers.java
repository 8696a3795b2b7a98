package dev.selfheal.bench.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What workers that are gone have left on this machine, below a folder that held all of theirs.
 *
 * @param sandboxes folders of sandboxes
 * @param files other files and folders in the workers' temporary folders
 */
record Leftovers(long processes, long mounts, long sandboxes, long files) {

    static Leftovers of(Path folder, Path tmp) throws IOException {
        List<Path> temporary = temporary(tmp);
        long sandboxes = temporary.stream().filter(Leftovers::isSandbox).count();
        return new Leftovers(
                ProcessHandle.allProcesses()
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid())
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(folder + "/worker-"))
                        .count(),
                Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                        .filter(mount -> mount.contains(folder.toString()))
                        .count(),
                sandboxes,
                temporary.size() - sandboxes);
    }

    private static boolean isSandbox(Path path) {
        return Files.isDirectory(path) && path.getFileName().toString().startsWith("selfheal-sandbox-");
    }

    private static List<Path> temporary(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
