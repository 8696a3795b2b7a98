package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.Containment.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What is particular to containers, and the heart of what every isolation promises; each start costs a second. */
class ContainerIT extends SandboxContract {

    @Override
    Isolation isolation() {
        return Isolation.CONTAINER;
    }

    @Test
    void shouldCompileAndRun() throws Exception {
        assertThat(compile("p/A.java", "package p; class A {}")).isInstanceOf(Compiled.class);
        assertHeld(runBody("Assertions.assertEquals(\"sandbox\", System.getProperty(\"user.name\"));"));
    }

    @Test
    void shouldHoldWhatReachesForTheHost() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertHeld(runBody(
                    """
                            for (String path : List.of("/etc/shadow", "/var/run/docker.sock", "/root/.ssh", "/sys/fs/cgroup/x")) {
                                Assertions.assertFalse(Files.isReadable(Path.of(path)), path);
                            }
                            for (String path : List.of("x", "/x", "/usr/x", "/etc/x", "/proc/sys/kernel/core_pattern")) {
                                Assertions.assertThrows(IOException.class, () -> new FileOutputStream(path, true), path);
                            }
                            Assertions.assertThrows(IOException.class,
                                () -> new Socket().connect(new InetSocketAddress("127.0.0.1", %d), 1000));
                            Assertions.assertThrows(IOException.class,
                                () -> new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version").start());
                            Assertions.assertEquals(Optional.empty(), ProcessHandle.of(%d));
                            """.formatted(host.getLocalPort(), ProcessHandle.current().pid())));
        }
    }

    @Test
    void shouldEndTheContainerOfAnEndlessTest() throws Exception {
        assertContained(runBody("while (true) { }", SHORT)).isEqualTo(Kind.TIMEOUT);

        assertThat(containers()).isEmpty();
    }

    @Test
    void shouldStopCodeThatFillsMemory() throws Exception {
        TestOutcome outcome =
                runBody("List<byte[]> hog = new ArrayList<>(); while (true) { hog.add(new byte[1 << 20]); }");

        assertContained(outcome).isEqualTo(Kind.LIMIT);
        assertThat(containers()).isEmpty();
    }

    private static String containers() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("docker", "ps", "--all", "--quiet", "--filter", "name=selfheal-sandbox-")
                .redirectErrorStream(true)
                .start();
        String names = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return names;
    }
}
