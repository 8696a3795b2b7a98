package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs a build program of the user's once on a trusted tree, outside the sandbox, because it needs the network and the
 * local repository; therefore it never sees a patch. Nothing it started outlives it.
 */
final class BuildProcess {

    /** What the programs and the JVM need; nothing else of the worker's environment reaches the build. */
    private static final List<String> ENVIRONMENT = List.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TMPDIR",
            "MAVEN_OPTS",
            "MAVEN_ARGS",
            "M2_HOME",
            "MAVEN_HOME",
            "GRADLE_OPTS",
            "GRADLE_HOME",
            "GRADLE_USER_HOME",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    private static final int ERRORS_SHOWN = 5;

    private final Path project;
    private final Path log;
    private final Duration timeout;

    /**
     * @param project where the program runs
     * @param log gets all it prints
     */
    BuildProcess(Path project, Path log, Duration timeout) {
        this.project = project;
        this.log = log;
        this.timeout = timeout;
    }

    /**
     * Returns when the program has ended well.
     *
     * @param errors finds the lines that name a problem in what the program printed
     * @throws HealingException {@code BASE_BROKEN} with the first of these lines, or when the time was up
     */
    void run(List<String> command, Function<Stream<String>, Stream<String>> errors)
            throws HealingException, InterruptedException {
        try {
            await(start(command), errors);
        } catch (IOException e) {
            throw new RetriableException(ErrorCode.INTERNAL, "cannot run " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private void await(Process build, Function<Stream<String>, Stream<String>> errors)
            throws HealingException, InterruptedException, IOException {
        try {
            if (!build.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HealingException(
                        ErrorCode.BASE_BROKEN, "the base commit did not build within " + timeout.toSeconds() + " s");
            }
        } finally {
            build.descendants().forEach(ProcessHandle::destroyForcibly);
            build.destroyForcibly();
        }
        if (build.exitValue() != 0) {
            throw new HealingException(
                    ErrorCode.BASE_BROKEN, "the base commit does not build before any patch: " + firstErrors(errors));
        }
    }

    /** Without the colours of a terminal and without the store's own path. */
    private String firstErrors(Function<Stream<String>, Stream<String>> errors) throws IOException {
        try (Stream<String> lines = new String(Files.readAllBytes(log), Charset.defaultCharset()).lines()) {
            List<String> first = errors.apply(lines.map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                    .map(line -> line.strip().replace(project + "/", ""))
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .limit(ERRORS_SHOWN)
                    .toList();
            return first.isEmpty() ? "the build failed without an error line" : String.join("; ", first);
        }
    }
}
