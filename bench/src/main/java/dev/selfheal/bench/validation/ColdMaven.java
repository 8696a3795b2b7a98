package dev.selfheal.bench.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a developer does: mend the file, run the failing test with Maven. */
final class ColdMaven {

    private final Path log;

    ColdMaven(Path log) {
        this.log = log;
    }

    /** Builds the project once, so that only what the patch changes is left to do. */
    void prepare(Project project) throws IOException, InterruptedException {
        run(project, false);
    }

    /** Mends the file, runs the test once and returns the time it took. */
    Duration test(Project project, int number) throws IOException, InterruptedException {
        Path file = project.directory().resolve(project.subject().path());
        byte[] before = Files.readAllBytes(file);
        try {
            project.subject().apply(project.directory(), number);
            long start = System.nanoTime();
            run(project, true);
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            Files.write(file, before);
        }
    }

    private void run(Project project, boolean passes) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(List.of(
                        "mvn", "-o", "-B", "-q", "test", "-Dtest=" + project.test(), "-DfailIfNoTests=false"))
                .directory(project.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if ((exitCode == 0) != passes) {
            throw new IllegalStateException("Maven ended with " + exitCode + ": see " + log);
        }
    }
}
