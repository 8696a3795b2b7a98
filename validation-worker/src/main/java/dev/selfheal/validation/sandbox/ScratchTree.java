package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A project's tree with some files changed, for one run. The unchanged ones are links: it may only be mounted read-only. */
final class ScratchTree implements AutoCloseable {

    private final Path root;

    private ScratchTree(Path root) {
        this.root = root;
    }

    /**
     * @param parent on the tree's own file system, or the files are copied
     */
    static ScratchTree of(CommandJob job, Path parent) throws IOException {
        ScratchTree scratch = new ScratchTree(Files.createTempDirectory(parent, "tree"));
        Files.walkFileTree(job.tree(), scratch.new Linker(job.tree()));
        for (Map.Entry<String, byte[]> file : job.files().entrySet()) {
            Path path = scratch.root.resolve(file.getKey()).normalize();
            if (!path.startsWith(scratch.root)) {
                throw new IOException(file.getKey() + " leaves the tree");
            }
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Files.write(path, file.getValue());
        }
        return scratch;
    }

    Path root() {
        return root;
    }

    private final class Linker extends SimpleFileVisitor<Path> {

        private final Path tree;

        private Linker(Path tree) {
            this.tree = tree;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(root.resolve(tree.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path place = root.resolve(tree.relativize(file));
            if (attributes.isSymbolicLink()) {
                Files.createSymbolicLink(place, Files.readSymbolicLink(file));
            } else if (Files.getFileStore(root).equals(Files.getFileStore(tree))) {
                Files.createLink(place, file);
            } else {
                Files.copy(file, place);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
