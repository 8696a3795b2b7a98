package dev.selfheal.standalone.corpus;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a case's files with the user's own Maven, so that mirrors, proxies, credentials and the local repository are
 * theirs. One run of Maven per case; none when the files are in the cache.
 */
final class MavenFetcher {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int LINES_SHOWN = 20;

    private final Path cache;

    /**
     * @param cache one folder per case is kept here
     */
    MavenFetcher(Path cache) {
        this.cache = cache;
    }

    /**
     * @throws MaterialisationException when Maven is missing, fails or takes too long; the message ends in its last words
     */
    CaseFiles fetch(CorpusCase bug) throws MaterialisationException, InterruptedException {
        try {
            Path kept = cache.resolve(bug.id());
            if (!isComplete(kept, bug)) {
                fetchInto(kept, bug);
            }
            return files(kept, bug);
        } catch (IOException e) {
            throw new MaterialisationException("cannot keep the files of " + bug.id() + " in " + cache, e);
        }
    }

    private static boolean isComplete(Path kept, CorpusCase bug) throws IOException {
        if (!Files.exists(kept.resolve(CasePom.CLASS_PATH))) {
            return false;
        }
        boolean samePom = Files.readString(kept.resolve("pom.xml")).equals(CasePom.toFetch(bug, sources(bug)));
        CaseFiles files = files(kept, bug);
        return samePom
                && List.of(files.sources(), files.tests(), files.fixedTests()).stream()
                        .allMatch(Files::exists)
                && files.classPath().stream().allMatch(Files::exists);
    }

    /** Beside its place first: a run that is stopped midway leaves nothing that looks complete. */
    private void fetchInto(Path kept, CorpusCase bug)
            throws IOException, MaterialisationException, InterruptedException {
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, bug.id() + ".");
        try {
            Files.writeString(fresh.resolve("pom.xml"), CasePom.toFetch(bug, sources(bug)));
            run(fresh, bug);
            FileTrees.delete(kept);
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // Another process fetched the same case meanwhile; its files are as good.
            FileTrees.delete(fresh);
        } finally {
            FileTrees.delete(fresh);
        }
    }

    private static void run(Path directory, CorpusCase bug)
            throws IOException, MaterialisationException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-f", "pom.xml"));
        command.addAll(CasePom.FETCH_GOALS);
        Path log = directory.resolve("maven.log");
        Process maven = start(command, directory, log);
        try {
            maven.getOutputStream().close();
            if (!maven.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new MaterialisationException("Maven did not fetch " + bug.id() + " within " + TIMEOUT);
            }
        } finally {
            maven.destroy();
        }
        if (maven.exitValue() != 0) {
            throw new MaterialisationException("Maven could not fetch " + bug.id()
                    + " (is Maven Central, or your mirror, reachable?):\n" + lastWords(log));
        }
    }

    private static Process start(List<String> command, Path directory, Path log) throws MaterialisationException {
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new MaterialisationException("cannot run mvn: install Maven 3.8 or newer and put it on the PATH", e);
        }
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = Arrays.asList(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static List<Artifact> sources(CorpusCase bug) {
        return List.of(bug.sources(), bug.tests(), bug.fixedTests());
    }

    private static CaseFiles files(Path kept, CorpusCase bug) throws IOException {
        Path jars = kept.resolve(CasePom.JARS);
        String classPath = Files.readString(kept.resolve(CasePom.CLASS_PATH)).strip();
        return new CaseFiles(
                jars.resolve(bug.sources().fileName()),
                jars.resolve(bug.tests().fileName()),
                jars.resolve(bug.fixedTests().fileName()),
                Arrays.stream(classPath.split(File.pathSeparator))
                        .filter(p -> !p.isEmpty())
                        .map(Path::of)
                        .toList());
    }
}
