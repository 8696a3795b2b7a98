package dev.selfheal.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the blobs of one commit as plain files. The commit is not trusted: nothing is written outside the folder. */
final class TreeExport {

    private static final Logger LOG = LoggerFactory.getLogger(TreeExport.class);
    private static final int LONGEST_LINK_TARGET = 4096;

    private final Repository git;
    private final Path into;

    TreeExport(Repository git, Path into) {
        this.git = git;
        this.into = into.toAbsolutePath().normalize();
    }

    void write(RevCommit commit) throws IOException {
        Files.createDirectories(into);
        try (TreeWalk walk = new TreeWalk(git)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                writeEntry(walk);
            }
        }
    }

    private void writeEntry(TreeWalk walk) throws IOException {
        Path file = inside(walk.getPathString());
        FileMode mode = walk.getFileMode(0);
        if (mode == FileMode.GITLINK) {
            return;
        }
        Files.createDirectories(file.getParent());
        if (mode == FileMode.SYMLINK) {
            writeLink(walk, file);
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            git.open(walk.getObjectId(0)).copyTo(out);
        }
        if (mode == FileMode.EXECUTABLE_FILE && !file.toFile().setExecutable(true)) {
            LOG.debug("{} cannot be made executable on this file system", file);
        }
    }

    private void writeLink(TreeWalk walk, Path file) throws IOException {
        byte[] bytes = git.open(walk.getObjectId(0)).getCachedBytes(LONGEST_LINK_TARGET);
        Path target = Path.of(new String(bytes, StandardCharsets.UTF_8));
        Path resolved = file.resolveSibling(target).normalize();
        if (target.isAbsolute() || !resolved.startsWith(into)) {
            LOG.warn("left out the symbolic link {}: it leaves the tree", walk.getPathString());
            return;
        }
        Files.createSymbolicLink(file, target);
    }

    /** No parent of a written file may be a link of the same commit: git forbids it, a forged tree may not care. */
    private Path inside(String path) throws IOException {
        Path file = into.resolve(path).normalize();
        if (!file.startsWith(into) || file.equals(into)) {
            throw new IOException("the commit holds a path that leaves the tree: " + path);
        }
        for (Path parent = file.getParent(); !parent.equals(into); parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException("the commit holds a file below a symbolic link: " + path);
            }
        }
        return file;
    }
}
