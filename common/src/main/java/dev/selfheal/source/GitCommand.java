package dev.selfheal.source;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.RetriableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Bounded runs of the installed git, which never outlives them. Never prompts, never runs hooks. */
public final class GitCommand {

    /** What git has to end its children in. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Path directory;
    private final Duration timeout;
    private final Map<String, String> variables;

    public GitCommand(Path directory, Duration timeout) {
        this(directory, timeout, Map.of());
    }

    /**
     * @param directory where it runs
     * @param variables set on top of this process's environment
     */
    public GitCommand(Path directory, Duration timeout, Map<String, String> variables) {
        this.directory = directory;
        this.timeout = timeout;
        this.variables = Map.copyOf(variables);
    }

    /**
     * Runs git and returns what it printed, standard error included.
     *
     * @throws RetriableException {@code SOURCE_UNAVAILABLE} when git is missing, fails or takes too long
     * @throws InterruptedException when told to stop; git has been killed then
     */
    public String run(String... arguments) throws RetriableException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0"));
        command.addAll(List.of(arguments));
        Path output = null;
        try {
            output = Files.createTempFile("selfheal-git", ".log");
            Process process = start(command, output);
            awaitEnd(process, arguments);
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw failed(arguments, "exit code " + process.exitValue() + ": " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new RetriableException(ErrorCode.SOURCE_UNAVAILABLE, "cannot run git: is it installed?", e);
        } finally {
            deleteQuietly(output);
        }
    }

    /** However it ends, git does not outlive it: a half-done fetch would hold its locks. */
    private void awaitEnd(Process process, String[] arguments) throws RetriableException, InterruptedException {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(arguments, "took longer than " + timeout.toSeconds() + " s");
            }
        } finally {
            if (process.isAlive()) {
                end(process);
            }
        }
    }

    /** Asked to end, git ends its children too, even one it is just starting and nobody can see yet. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("LC_ALL", "C");
        environment.keySet().removeIf(name -> name.equals("GIT_DIR") || name.equals("GIT_WORK_TREE"));
        environment.putAll(variables);
        return builder.start();
    }

    private static RetriableException failed(String[] arguments, String why) {
        return new RetriableException(ErrorCode.SOURCE_UNAVAILABLE, "git " + arguments[0] + " failed: " + why);
    }

    private static void deleteQuietly(Path file) {
        if (file != null && !file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
