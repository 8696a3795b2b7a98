package dev.selfheal.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The ingest service in a JVM of its own, which can be killed. */
final class ChildIntake {

    private final Process process;

    private ChildIntake(Process process) {
        this.process = process;
    }

    /** Returns when it takes events. */
    static ChildIntake start(Path properties) throws Exception {
        Process process = launch(properties);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread output = new Thread(() -> follow(process, ready), "child-output");
        output.setDaemon(true);
        output.start();
        if (!ready.get(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the intake ended with " + process.waitFor() + " instead of starting");
        }
        return new ChildIntake(process);
    }

    /** Starts one that is expected to end by itself, and returns its exit code. */
    static int exitCode(Path properties) throws Exception {
        Process process = launch(properties);
        follow(process, new CompletableFuture<>());
        return process.waitFor();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static Process launch(Path properties) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IngestMain.class.getName(),
                        properties.toString()))
                .redirectErrorStream(true)
                .start();
    }

    private static void follow(Process process, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (line.contains("ingest-service is ready")) {
                    ready.complete(true);
                }
                line = lines.readLine();
            }
            ready.complete(false);
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
