package dev.selfheal.source;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.SourceRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Bare mirrors under one folder, one per repository URL, fetched when a commit is missing. Thread-safe within one
 * process; two processes need two folders.
 */
public final class SourceMirrors {

    private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(5);
    private static final String[] REFS = {
        "+HEAD:refs/selfheal/head", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"
    };

    private final Path root;
    private final Duration fetchTimeout;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** Keeps the mirrors in {@code root}, which is created when missing. */
    public SourceMirrors(Path root) {
        this(root, FETCH_TIMEOUT);
    }

    public SourceMirrors(Path root, Duration fetchTimeout) {
        this.root = root;
        this.fetchTimeout = fetchTimeout;
    }

    /**
     * The commit's full id: the given one, else the head of the policy's branch ({@code HEAD} is the origin's own). A
     * given commit is fetched only when it is not there; a branch always is.
     *
     * <p>Only what a branch or tag of the origin holds is ever fetched. Whoever can send an error names a commit, and a
     * base is built outside the sandbox: a commit that a host serves by its id alone, such as a stranger's pull request,
     * must not be had.
     *
     * @throws HealingException {@code SOURCE_UNAVAILABLE}; retriable when fetching failed
     * @throws InterruptedException when told to stop while git ran
     */
    public String resolve(SourceRepository repository, Optional<String> commit)
            throws HealingException, InterruptedException {
        synchronized (lock(repository)) {
            Path mirror = mirror(repository);
            if (commit.isPresent()) {
                return resolveCommit(repository, mirror, commit.get());
            }
            fetch(repository, mirror, REFS);
            return find(mirror, reference(repository.getBranch()))
                    .orElseThrow(() -> missing(repository, "branch " + repository.getBranch()))
                    .getName();
        }
    }

    /**
     * Writes the tree of a commit, as the mirror has it, into an empty or missing folder, without a {@code .git}.
     * Submodules and symbolic links that leave the tree are left out.
     *
     * @param commit full id, as {@link #resolve} returned it
     */
    public void export(SourceRepository repository, String commit, Path into) throws HealingException {
        try (Repository git = open(folder(repository))) {
            new TreeExport(git, into).write(tree(git, commit));
        } catch (IOException e) {
            throw new HealingException(
                    ErrorCode.SOURCE_UNAVAILABLE, "cannot read commit " + commit + " of " + repository.getUrl(), e);
        }
    }

    /**
     * Git's id of the tree that a commit becomes when files are replaced. Writes nothing.
     *
     * @param changes path from the repository root to new content; empty removes the file
     */
    public String treeAfter(SourceRepository repository, String commit, Map<String, Optional<byte[]>> changes)
            throws HealingException {
        try (Repository git = open(folder(repository))) {
            return new PatchedTree(git).id(tree(git, commit), changes).getName();
        } catch (IOException e) {
            throw new HealingException(
                    ErrorCode.SOURCE_UNAVAILABLE, "cannot read commit " + commit + " of " + repository.getUrl(), e);
        }
    }

    private static String reference(String branch) {
        return branch.equals(Constants.HEAD) ? "refs/selfheal/head" : Constants.R_HEADS + branch;
    }

    private String resolveCommit(SourceRepository repository, Path mirror, String commit)
            throws HealingException, InterruptedException {
        if (!ObjectId.isId(commit)) {
            throw new HealingException(
                    ErrorCode.SOURCE_UNAVAILABLE, "'" + commit + "' is not a full commit id of 40 hex digits");
        }
        Optional<ObjectId> known = find(mirror, commit);
        if (known.isEmpty()) {
            fetch(repository, mirror, REFS);
            known = find(mirror, commit);
        }
        return known.orElseThrow(() -> missing(repository, "commit " + commit)).getName();
    }

    private Object lock(SourceRepository repository) {
        return locks.computeIfAbsent(repository.getUrl(), url -> new Object());
    }

    private Path folder(SourceRepository repository) {
        return root.resolve(sha256(repository.getUrl()).substring(0, 16) + ".git");
    }

    private Path mirror(SourceRepository repository) throws HealingException, InterruptedException {
        Path mirror = folder(repository);
        if (!Files.isDirectory(mirror)) {
            try {
                Files.createDirectories(mirror);
            } catch (IOException e) {
                throw new HealingException(ErrorCode.SOURCE_UNAVAILABLE, "cannot create " + mirror, e);
            }
            new GitCommand(mirror, fetchTimeout).run("init", "--bare", "--quiet");
        }
        return mirror;
    }

    private void fetch(SourceRepository repository, Path mirror, String... refs)
            throws HealingException, InterruptedException {
        String[] arguments = new String[refs.length + 6];
        System.arraycopy(
                new String[] {"fetch", "--quiet", "--prune", "--no-write-fetch-head", "--", repository.getUrl()},
                0,
                arguments,
                0,
                6);
        System.arraycopy(refs, 0, arguments, 6, refs.length);
        new GitCommand(mirror, fetchTimeout).run(arguments);
    }

    private Optional<ObjectId> find(Path mirror, String revision) throws HealingException {
        try (Repository git = open(mirror);
                RevWalk walk = new RevWalk(git)) {
            ObjectId id = git.resolve(revision);
            return id == null
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(id).copy());
        } catch (MissingObjectException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new HealingException(
                    ErrorCode.SOURCE_UNAVAILABLE, "cannot read revision " + revision + " in " + mirror, e);
        }
    }

    private static RevCommit tree(Repository git, String commit) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            return walk.parseCommit(ObjectId.fromString(commit));
        }
    }

    private static Repository open(Path mirror) throws IOException {
        return new FileRepositoryBuilder().setBare().setGitDir(mirror.toFile()).build();
    }

    private static HealingException missing(SourceRepository repository, String what) {
        return new HealingException(
                ErrorCode.SOURCE_UNAVAILABLE,
                repository.getUrl() + " has no " + what + " on a branch or tag: was it pushed?");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
