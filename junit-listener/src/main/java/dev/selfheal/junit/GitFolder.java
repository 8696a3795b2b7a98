package dev.selfheal.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a working tree's {@code .git} says, read without git: it may not be on the build's path. Immutable. */
final class GitFolder {

    private static final Logger LOG = Logger.getLogger(GitFolder.class.getName());
    private static final Pattern COMMIT = Pattern.compile("(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})");
    private static final String DIRECTORY = "gitdir: ";
    private static final String REFERENCE = "ref: ";

    private final Path root;

    private GitFolder(Path root) {
        this.root = root;
    }

    /** The working tree that holds the folder. */
    static Optional<GitFolder> above(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(new GitFolder(at));
            }
        }
        return Optional.empty();
    }

    static boolean isCommit(String id) {
        return COMMIT.matcher(id).matches();
    }

    Path root() {
        return root;
    }

    /** The folder as seen from the root, with forward slashes; empty for the root itself. */
    String folder(Path folder) {
        return root.relativize(folder).toString().replace('\\', '/');
    }

    /** The commit that is checked out; empty when it cannot be told. */
    Optional<String> commit() {
        try {
            Path git = directory(root.resolve(".git"));
            String head = text(git.resolve("HEAD"));
            return head.startsWith(REFERENCE) ? resolve(git, head.substring(REFERENCE.length())) : Optional.of(head);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the commit of " + root + " cannot be told", e);
            return Optional.empty();
        }
    }

    /** In a linked working tree or a submodule {@code .git} is a file that says where the folder is. */
    private static Path directory(Path git) throws IOException {
        if (Files.isDirectory(git)) {
            return git;
        }
        String link = text(git);
        return git.resolveSibling(link.startsWith(DIRECTORY) ? link.substring(DIRECTORY.length()) : link)
                .normalize();
    }

    private static Optional<String> resolve(Path git, String reference) throws IOException {
        Path shared = Files.exists(git.resolve("commondir"))
                ? git.resolve(text(git.resolve("commondir"))).normalize()
                : git;
        for (Path loose : new Path[] {git.resolve(reference), shared.resolve(reference)}) {
            if (Files.exists(loose)) {
                return Optional.of(text(loose));
            }
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + reference))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
