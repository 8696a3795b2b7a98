package dev.selfheal.standalone.repository;

import dev.selfheal.errors.RetriableException;
import dev.selfheal.source.GitCommand;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A folder in a git work tree.
 *
 * @param root of the work tree, absolute
 * @param subdirectory the folder below it, forward slashes; empty for the root
 * @param head full id of the checked-out commit
 * @param dirty true when tracked files differ from {@code head}
 */
public record LocalRepository(Path root, String subdirectory, String head, boolean dirty) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * Looks at a folder. Changes nothing.
     *
     * @throws IOException when it is no folder, no git work tree, or has no commit yet; the message says which
     */
    public static LocalRepository at(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
        Path real = folder.toRealPath();
        GitCommand git = new GitCommand(real, TIMEOUT);
        Path root = Path.of(ask(git, folder + " is not inside a git work tree", "rev-parse", "--show-toplevel"))
                .toRealPath();
        String head = ask(git, folder + " has no commit yet: commit the code to heal first", "rev-parse", "HEAD");
        String changes =
                ask(git, "git cannot read " + folder, "status", "--porcelain", "--untracked-files=no", "--", ".");
        String below = root.relativize(real).toString().replace('\\', '/');
        return new LocalRepository(root, below, head, !changes.isEmpty());
    }

    /** A service name made from the folder's: lower case, other characters than {@code a-z0-9._-} replaced. */
    public String serviceName() {
        Path folder = subdirectory.isEmpty() ? root : root.resolve(subdirectory);
        String name =
                folder.getFileName() == null ? "service" : folder.getFileName().toString();
        String clean =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-").replaceAll("^[^a-z0-9]+", "");
        return clean.isEmpty() ? "service" : clean.substring(0, Math.min(clean.length(), 63));
    }

    private static String ask(GitCommand git, String otherwise, String... arguments) throws IOException {
        try {
            return git.run(arguments).strip();
        } catch (RetriableException e) {
            throw new IOException(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while git ran");
        }
    }
}
