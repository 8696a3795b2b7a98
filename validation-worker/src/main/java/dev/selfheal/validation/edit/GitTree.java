package dev.selfheal.validation.edit;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * The files of one commit as git sees them. Immutable.
 *
 * @param files by path from the root, forward slashes
 */
public record GitTree(Map<String, GitFile> files) {

    /**
     * @param mode git's file mode bits
     * @param blob object id of the content
     */
    public record GitFile(int mode, String blob) {

        public boolean isSymbolicLink() {
            return FileMode.SYMLINK.equals(mode);
        }
    }

    public GitTree {
        files = Map.copyOf(files);
    }

    /** Reads an exported tree that nothing has been built in yet. */
    public static GitTree list(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        Map<String, GitFile> files = new TreeMap<>();
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            for (Path path : paths) {
                String name = root.relativize(path).toString().replace('\\', '/');
                byte[] content = Files.isSymbolicLink(path)
                        ? Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(path);
                ObjectId blob = formatter.idFor(Constants.OBJ_BLOB, content);
                files.put(name, new GitFile(mode(path).getBits(), blob.name()));
            }
        }
        return new GitTree(files);
    }

    private static FileMode mode(Path path) {
        if (Files.isSymbolicLink(path)) {
            return FileMode.SYMLINK;
        }
        return Files.isExecutable(path) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    /** One entry per file, ended by NUL: mode in octal, blob, path. */
    public void write(Path listing) throws IOException {
        try (Writer out = Files.newBufferedWriter(listing)) {
            for (Map.Entry<String, GitFile> file : new TreeMap<>(files).entrySet()) {
                GitFile value = file.getValue();
                out.write(Integer.toOctalString(value.mode()) + " " + value.blob() + " " + file.getKey() + "\0");
            }
        }
    }

    /** What {@link #write} wrote. */
    public static GitTree read(Path listing) throws IOException {
        Map<String, GitFile> files = new TreeMap<>();
        for (String line : Files.readString(listing).split("\0", -1)) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3) {
                files.put(parts[2], new GitFile(Integer.parseInt(parts[0], 8), parts[1]));
            }
        }
        return new GitTree(files);
    }

    public Optional<GitFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
