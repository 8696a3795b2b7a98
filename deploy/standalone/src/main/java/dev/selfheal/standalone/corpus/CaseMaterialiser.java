package dev.selfheal.standalone.corpus;

import dev.selfheal.errors.RetriableException;
import dev.selfheal.source.GitCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays a case out as what a team would have: a Maven project in a git repository with one commit, the buggy release's code
 * and tests, and one more test that shows the bug. Thread-safe.
 */
public final class CaseMaterialiser {

    private static final Logger LOG = LoggerFactory.getLogger(CaseMaterialiser.class);
    private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);

    /** One identity and one moment, so that the same files give the same commit id everywhere. */
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Selfheal corpus",
            "GIT_AUTHOR_EMAIL", "corpus@localhost",
            "GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z",
            "GIT_COMMITTER_NAME", "Selfheal corpus",
            "GIT_COMMITTER_EMAIL", "corpus@localhost",
            "GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");

    private final MavenFetcher fetcher;
    private final Consumer<String> progress;

    /**
     * @param cache downloaded jars are kept here, see {@link #defaultCache()}
     * @param progress told in a few words what happens next
     */
    public CaseMaterialiser(Path cache, Consumer<String> progress) {
        this.fetcher = new MavenFetcher(cache.toAbsolutePath());
        this.progress = progress;
    }

    /**
     * {@code $XDG_CACHE_HOME/selfheal/corpus}, else {@code ~/.cache/selfheal/corpus}, else, where there is no home to write
     * to, a new temporary folder.
     */
    public static Path defaultCache() throws MaterialisationException {
        Path cache = cacheAtHome();
        try {
            if (cache.isAbsolute() && Files.isWritable(Files.createDirectories(cache))) {
                return cache;
            }
        } catch (IOException e) {
            LOG.info("{} cannot be used: {}", cache, e.toString());
        }
        try {
            return Files.createTempDirectory("selfheal-corpus-");
        } catch (IOException e) {
            throw new MaterialisationException("no folder can be written to keep downloads in: " + e.getMessage(), e);
        }
    }

    private static Path cacheAtHome() {
        Path caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return caches.resolve("selfheal").resolve("corpus");
    }

    /**
     * Downloads what is missing and lays the case out.
     *
     * @param directory empty or missing
     * @throws MaterialisationException when it cannot be fetched or does not compile here; the message says which
     */
    public MaterialisedCase materialise(CorpusCase bug, Path directory)
            throws MaterialisationException, InterruptedException {
        Map<String, Duration> timings = new LinkedHashMap<>();
        CaseLayout layout = new CaseLayout(directory.toAbsolutePath().normalize());
        try {
            requireEmpty(layout.root());
            progress.accept("fetching " + bug.artifactId() + " " + bug.buggyVersion() + " and the test from "
                    + bug.fixedVersion());
            long start = System.nanoTime();
            CaseFiles files = fetcher.fetch(bug);
            start = took(timings, "fetch", start);
            layout.unpack(files);
            layout.writeBuild(bug);
            start = took(timings, "unpack", start);
            progress.accept("checking which of its tests compile here");
            List<String> leftOut = addTests(bug, files, layout);
            start = took(timings, "compile", start);
            String commit = commit(bug, layout.root());
            took(timings, "commit", start);
            int tests = FileTrees.javaFiles(layout.testJava()).size();
            return new MaterialisedCase(layout.root(), commit, bug.testSelector(), tests, leftOut, timings);
        } catch (IOException e) {
            throw new MaterialisationException("cannot lay " + bug.id() + " out in " + layout.root(), e);
        }
    }

    private static long took(Map<String, Duration> timings, String part, long start) {
        long now = System.nanoTime();
        timings.put(part, Duration.ofNanos(now - start));
        return now;
    }

    private static void requireEmpty(Path root) throws IOException, MaterialisationException {
        if (Files.exists(root)) {
            try (Stream<Path> entries = Files.list(root)) {
                if (entries.findAny().isPresent()) {
                    throw new MaterialisationException(root + " is not empty: choose another folder");
                }
            }
        }
    }

    /** Adds the reproduction, then leaves out old tests until the rest compiles. */
    private static List<String> addTests(CorpusCase bug, CaseFiles files, CaseLayout layout)
            throws IOException, MaterialisationException {
        layout.writeReproduction(bug, files, true);
        CompileCheck check = new CompileCheck(bug.release(), layout.mainJava(), files.classPath());
        Path reproduction = layout.reproduction(bug);
        List<String> leftOut = new ArrayList<>();
        List<Path> benchmarks = layout.benchmarks();
        leaveOut(benchmarks, layout, leftOut);
        boolean withSuperclass = true;
        Map<Path, String> refused = check.refused(layout.testFiles());
        while (!refused.isEmpty()) {
            requireTestsOnly(refused, layout);
            if (refused.containsKey(reproduction)) {
                if (!withSuperclass) {
                    throw new MaterialisationException("the test of " + bug.id() + " does not compile with this JDK: "
                            + refused.get(reproduction));
                }
                withSuperclass = false;
                layout.writeReproduction(bug, files, false);
            }
            boolean rewritten = refused.containsKey(reproduction);
            List<Path> gone = refused.keySet().stream()
                    .filter(f -> !f.equals(reproduction))
                    .toList();
            leaveOut(gone, layout, leftOut);
            boolean settled = !rewritten && !layout.testsMention(gone);
            refused = settled ? Map.of() : check.refused(layout.testFiles());
        }
        return leftOut;
    }

    private static void leaveOut(List<Path> tests, CaseLayout layout, List<String> leftOut) throws IOException {
        for (Path test : tests) {
            Files.delete(test);
            leftOut.add(layout.testJava().relativize(test).toString().replace('\\', '/'));
        }
    }

    private static void requireTestsOnly(Map<Path, String> refused, CaseLayout layout) throws MaterialisationException {
        for (Map.Entry<Path, String> file : refused.entrySet()) {
            if (!file.getKey().startsWith(layout.testJava())) {
                throw new MaterialisationException("this JDK does not compile "
                        + layout.root().relativize(file.getKey()) + ": " + file.getValue());
            }
        }
    }

    private static String commit(CorpusCase bug, Path root) throws MaterialisationException {
        GitCommand git = new GitCommand(root, GIT_TIMEOUT, AUTHOR);
        try {
            git.run("init", "-q");
            git.run("symbolic-ref", "HEAD", "refs/heads/main");
            git.run("-c", "core.autocrlf=false", "add", "-A", "-f", ".");
            git.run("-c", "commit.gpgsign=false", "commit", "-q", "-m", bug.artifactId() + " " + bug.buggyVersion());
            return git.run("rev-parse", "HEAD").strip();
        } catch (RetriableException e) {
            throw new MaterialisationException("cannot make a git repository in " + root + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MaterialisationException("interrupted while git ran in " + root, e);
        }
    }
}
