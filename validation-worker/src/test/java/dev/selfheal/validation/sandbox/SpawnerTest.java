package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpawnerTest {

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "starts /bin/sh")
    void shouldEndTheProcessThatItStartsForACallerWhoWasInterruptedMeanwhile() throws Exception {
        Path started = folder.resolve("started");
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                "echo $$ > " + started + ".new; mv " + started + ".new " + started + "; exec sleep "
                        + Duration.ofMinutes(1).toSeconds());
        try (Spawner spawner = new Spawner()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> spawner.start(command, Map.of())).isInstanceOf(InterruptedException.class);
            Process next = spawner.start(List.of("/bin/true"), Map.of()); // by now the one before was started
            next.waitFor();
            Optional<ProcessHandle> left = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info()
                            .commandLine()
                            .filter(line -> line.contains("sleep"))
                            .isPresent())
                    .findFirst();
            if (left.isPresent()) {
                left.get().onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }
}
