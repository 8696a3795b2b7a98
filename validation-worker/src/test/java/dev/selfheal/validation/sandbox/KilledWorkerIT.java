package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.Isolation;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} of the worker takes its sandboxes with it, busy ones and waiting ones. */
class KilledWorkerIT {

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"BUBBLEWRAP", "UNSHARE", "PROCESS"})
    void shouldTakeSandboxesAlongWhenWorkerIsKilled(Isolation isolation, @TempDir Path project) throws Exception {
        SandboxContract.open(SandboxConfig.defaults().withForced(isolation)).close();
        Path mark = project.resolve("T.class");
        Files.write(mark, Sources.compile(Worker.ENDLESS).get("T"));
        Process worker = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        isolation.name(),
                        project.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = worker.inputReader()) {
            while (!"busy".equals(said.readLine())) {
                assertThat(worker.isAlive()).isTrue();
            }
            List<ProcessHandle> inmates = worker.descendants().toList();
            assertThat(inmates).isNotEmpty();

            worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            for (ProcessHandle inmate : inmates) {
                inmate.onExit().get(10, TimeUnit.SECONDS);
            }
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        }
    }

    /** A worker of its own process: one JVM waits, then another runs a test without end. */
    static final class Worker {

        static final String ENDLESS = "class T { @org.junit.jupiter.api.Test void t() { while (true) { } } }";

        private Worker() {}

        public static void main(String[] args) throws Exception {
            Path project = Path.of(args[1]);
            List<Path> classpath = new java.util.ArrayList<>(SandboxContract.framework());
            classpath.add(project);
            try (Sandbox sandbox = Sandboxes.open(SandboxConfig.defaults()
                    .withForced(Isolation.valueOf(args[0]))
                    .withWarmJvms(1))) {
                sandbox.test(new TestJob(Map.of(), classpath, project, List.of("Missing"), Duration.ofMinutes(1)));
                while (ProcessHandle.current().descendants().findAny().isEmpty()) {
                    Thread.onSpinWait(); // the one that waits is started when it is quiet
                }
                System.out.println("busy");
                sandbox.test(new TestJob(Map.of(), classpath, project, List.of("T"), Duration.ofMinutes(10)));
            }
        }
    }
}
