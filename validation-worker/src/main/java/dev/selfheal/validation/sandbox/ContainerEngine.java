package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final String IMAGE = "selfheal-sandbox:links-";

    /**
     * @throws IOException when there is no such program in the system's folders, or no engine answers it
     */
    static ContainerEngine find(String name) throws IOException, InterruptedException {
        Path program = Tools.find(name).orElseThrow(() -> new IOException(name + " is not installed"));
        String version = run(List.of(program.toString(), "version", "--format", "{{.Server.Version}}"))
                .strip();
        return new ContainerEngine(program.toString(), name + " " + version);
    }

    /** True when the engine runs as the worker's user: then that user is root inside, and has no rights outside. */
    boolean isRootless() throws IOException, InterruptedException {
        String security = program.endsWith("podman") ? "{{.Host.Security.Rootless}}" : "{{.SecurityOptions}}";
        String said = run(List.of(program, "info", "--format", security));
        return said.contains("rootless") || said.contains("true");
    }

    /** Imports an image, once for the same archive, and returns its id. */
    String importImage(byte[] archive, Path file) throws IOException, InterruptedException {
        String tag = IMAGE + Integer.toHexString(Arrays.hashCode(archive));
        List<String> inspect = List.of(program, "image", "inspect", "--format", "{{.Id}}", tag);
        if (!answer(inspect).good()) {
            Files.write(file, archive);
            run(List.of(program, "import", file.toString(), tag));
        }
        return run(inspect).strip();
    }

    /** Ends a container and returns when it is gone; one that has ended by itself is about to go anyway. */
    void remove(String name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        String said = "";
        while (names().contains(name)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("container " + name + " does not go: " + said);
            }
            said = answer(List.of(program, "rm", "--force", name)).said(); // refuses while a removal is in progress
        }
    }

    /** Ends the containers of workers that no longer run. */
    void removeAbandoned() throws IOException, InterruptedException {
        for (String name : names()) {
            Matcher ours = OURS.matcher(name);
            if (ours.matches()
                    && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                remove(name);
            }
        }
    }

    private List<String> names() throws IOException, InterruptedException {
        return run(List.of(program, "ps", "--all", "--filter", "name=selfheal-sandbox-", "--format", "{{.Names}}"))
                .lines()
                .toList();
    }

    private record Answer(boolean good, String said) {}

    private static String run(List<String> command) throws IOException, InterruptedException {
        Answer answer = answer(command);
        if (!answer.good()) {
            throw new IOException(String.join(" ", command.subList(0, 2)) + ": " + answer.said());
        }
        return answer.said();
    }

    private static Answer answer(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return new Answer(good, said.strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
