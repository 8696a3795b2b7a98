package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    @TempDir
    private Path parent;

    @Test
    void shouldBeForItsUserAloneAndGoneAfterwards() throws Exception {
        try (StateDirectory ours = StateDirectory.create(parent)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.path())))
                    .isEqualTo("rwx------");
            Files.writeString(ours.path().resolve("runner.jar"), "");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldDeleteWhatADeadWorkerLeft() throws Exception {
        Files.createFile(parent.resolve("selfheal-sandbox-dead.lock")); // its owner's lock went with the owner
        Path left = Files.createDirectory(parent.resolve("selfheal-sandbox-dead"));
        Files.writeString(left.resolve("runner.jar"), "");
        try (StateDirectory ours = StateDirectory.create(parent);
                Stream<Path> entries = Files.list(parent)) {
            assertThat(entries)
                    .containsExactlyInAnyOrder(
                            ours.path(), parent.resolve(ours.path().getFileName() + ".lock"));
        }
    }

    @Test
    void shouldLeaveAloneWhatALivingWorkerUses() throws Exception {
        try (StateDirectory first = StateDirectory.create(parent);
                StateDirectory second = StateDirectory.create(parent)) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
    }

    /** A second sandbox of this process must not take the first one's lock away. */
    @Test
    void shouldBeSafeFromOtherProcessesHoweverManySandboxesThisOneHas() throws Exception {
        try (StateDirectory first = StateDirectory.create(parent)) {
            StateDirectory.create(parent).close();
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Sweeper.class.getName(),
                            parent.toString())
                    .inheritIO()
                    .start();
            assertThat(other.waitFor()).isZero();
            assertThat(first.path()).isDirectory();
        }
    }

    /** What another worker does when it starts. */
    static final class Sweeper {

        private Sweeper() {}

        public static void main(String[] args) throws Exception {
            StateDirectory.create(Path.of(args[0])).close();
        }
    }

    @Test
    void shouldLeaveAloneWhatIsNotOurs() throws Exception {
        Path foreign = Files.createDirectory(parent.resolve("selfheal-sandbox-notes"));
        StateDirectory.create(parent).close();
        assertThat(foreign).isDirectory();
    }
}
