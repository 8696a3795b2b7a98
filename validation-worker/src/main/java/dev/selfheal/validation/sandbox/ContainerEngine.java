package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line of docker or podman. It runs with the worker's environment, where a rootless engine finds its socket; nothing
 * of that gets into a container.
 *
 * @param program absolute path
 * @param version for people
 */
record ContainerEngine(String program, String version) {

    private static final long SECONDS = 60;
    private static final Pattern OURS = Pattern.compile("selfheal-sandbox-(\\d{1,9})-\\d+");
    private static final String IMAGE = "selfheal-sandbox:links";

    /**
     * @throws IOException when there is no such program in the system's folders, or no engine answers it
     */
    static ContainerEngine find(String name) throws IOException, InterruptedException {
        Path program = Tools.find(name).orElseThrow(() -> new IOException(name + " is not installed"));
        String version =
                run(List.of(program.toString(), "version", "--format", "{{.Server.Version}}")).strip();
        return new ContainerEngine(program.toString(), name + " " + version);
    }

    /** Returns the image's id: a name could come to mean another image. */
    String importImage(byte[] archive, Path file) throws IOException, InterruptedException {
        Files.write(file, archive);
        return run(List.of(program, "import", file.toString(), IMAGE)).strip();
    }

    /** Ends a container; one that has ended by itself is gone already. */
    void remove(String name) throws IOException, InterruptedException {
        if (names().contains(name)) {
            run(List.of(program, "rm", "--force", name));
        }
    }

    /** Ends the containers of workers that no longer run. */
    void removeAbandoned() throws IOException, InterruptedException {
        for (String name : names()) {
            Matcher ours = OURS.matcher(name);
            if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                remove(name);
            }
        }
    }

    private List<String> names() throws IOException, InterruptedException {
        return run(List.of(program, "ps", "--all", "--filter", "name=selfheal-sandbox-", "--format", "{{.Names}}"))
                .lines()
                .toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command.subList(0, 2)) + ": " + said.strip());
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
