package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A folder below {@code target} with packages that npm installs there, once; it keeps a list of them, or would prune the others. */
final class NodeProject {

    private static final int INSTALL_SECONDS = 60;
    private static final int RUN_SECONDS = 60;

    private final Path folder;

    private NodeProject(Path folder) {
        this.folder = folder;
    }

    record Result(int exitCode, String output) {}

    /**
     * Skips the test, saying why, where Node, npm or its registry is missing.
     *
     * @param spec of a package, with its version
     */
    static NodeProject with(String spec) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "node").toAbsolutePath());
        NodeProject project = new NodeProject(folder);
        String name = spec.substring(0, spec.lastIndexOf('@'));
        if (!Files.exists(folder.resolve("node_modules").resolve(name).resolve("package.json"))) {
            Result installed = project.run(
                    INSTALL_SECONDS, Map.of(), "npm", "install", "--fetch-retries=0", "--fetch-timeout=20000", spec);
            Assumptions.assumeTrue(
                    installed.exitCode() == 0, () -> "npm does not install " + spec + ": " + installed.output());
        }
        return project;
    }

    Result node(Map<String, String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        Path copy = folder.resolve(script.getFileName());
        Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
        List<String> command = new ArrayList<>(List.of("node", copy.toString()));
        command.addAll(List.of(arguments));
        return run(RUN_SECONDS, environment, command.toArray(String[]::new));
    }

    private Result run(int seconds, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " cannot be run: " + e.getMessage());
            throw e;
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Result(-1, "took more than " + seconds + " s; " + Files.readString(output, UTF_8));
        }
        return new Result(process.exitValue(), Files.readString(output, UTF_8));
    }
}
