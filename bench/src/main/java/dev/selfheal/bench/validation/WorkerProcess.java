package dev.selfheal.bench.validation;

import dev.selfheal.validation.ValidationMain;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The validation worker in a JVM of its own, as an operator starts it. */
final class WorkerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /**
     * @param folder gets the worker's log and its configuration
     * @param temporary for its temporary files
     */
    static WorkerProcess start(Path folder, Path temporary, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("validation.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "bench");
        }
        return new WorkerProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ValidationMain.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("worker.log").toFile()))
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * As {@code kill -9} does.
     *
     * @return how many of its processes are still there ten seconds later
     */
    int kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return (int) children.stream().filter(ProcessHandle::isAlive).count();
    }

    /** In order, as a service manager does. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
