package dev.selfheal.validation.sandbox;

import static dev.selfheal.validation.sandbox.Containment.Kind.DIED;
import static dev.selfheal.validation.sandbox.Containment.Kind.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What isolations enforced by the kernel promise besides. Every body passes when the sandbox holds. */
abstract class KernelIsolationContract extends AnyIsolationContract {

    @Test
    void shouldHideTheHostsFiles(@TempDir Path host) throws Exception {
        Path secret = Files.writeString(host.resolve("id_ed25519"), "secret");

        assertHeld(runBody("""
                        for (String path : List.of("%s", "/etc/passwd", "/etc/shadow", "/home/sandbox/.m2", "/run", "/var", "/sys", "/bin/sh")) {
                            Assertions.assertFalse(Files.isReadable(Path.of(path)), path);
                        }
                        """.formatted(secret)));
    }

    @Test
    void shouldRefuseWritesOutsideItsScratchFolders() throws Exception {
        assertHeld(runBody("""
                        String jar = Test.class.getProtectionDomain().getCodeSource().getLocation().getPath();
                        for (String path : List.of("x", "/x", "/usr/x", "/etc/x", "/proc/sys/kernel/core_pattern", "/dev/x", "/proc/x", "/dev/shm/../x", jar)) {
                            Assertions.assertThrows(IOException.class, () -> new FileOutputStream(path, true), path);
                        }
                        """));
    }

    @Test
    void shouldNotReachTheHostsNetwork() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertHeld(runBody("""
                            Assertions.assertThrows(IOException.class,
                                () -> new Socket().connect(new InetSocketAddress("127.0.0.1", %d), 1000));
                            for (NetworkInterface any : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                                Assertions.assertEquals("lo", any.getName());
                            }
                            """.formatted(host.getLocalPort())));
        }
    }

    @Test
    void shouldNotReachTheHostsUnixSockets(@TempDir Path host) throws Exception {
        Path address = host.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(address));
            assertHeld(runBody("""
                            Assertions.assertThrows(IOException.class,
                                () -> java.nio.channels.SocketChannel.open(UnixDomainSocketAddress.of("%s")));
                            """.formatted(address)));
        }
    }

    @Test
    void shouldSeeOnlyItsOwnProcesses() throws Exception {
        assertHeld(runBody("""
                        Assertions.assertTrue(ProcessHandle.current().pid() < 10);
                        Assertions.assertTrue(ProcessHandle.allProcesses().count() < 4);
                        Assertions.assertEquals(Optional.empty(), ProcessHandle.of(%d));
                        """.formatted(ProcessHandle.current().pid())));
    }

    @Test
    void shouldBoundWhatIsWrittenToDisk() throws Exception {
        assertHeld(runBody("""
                        long written = 0;
                        byte[] mebibyte = new byte[1 << 20];
                        for (String folder : List.of("/tmp", "/home/sandbox", "/dev/shm")) {
                            try {
                                for (int file = 0; file < 64; file++) {
                                    try (OutputStream out = new FileOutputStream(folder + "/fill" + file)) {
                                        for (int i = 0; i < 32; i++) { out.write(mebibyte); written += mebibyte.length; }
                                    }
                                }
                                Assertions.fail(folder + " has no end");
                            } catch (IOException full) {
                                System.out.println(full);
                            }
                        }
                        Assertions.assertTrue(written <= 600L << 20, written + " bytes");
                        """));
    }

    @Test
    void shouldBoundTheSizeOfAFile() throws Exception {
        assertHeld(runBody("""
                        Assertions.assertThrows(IOException.class, () -> {
                            try (OutputStream out = new FileOutputStream("/tmp/big")) {
                                for (int i = 0; i < 100; i++) { out.write(new byte[1 << 20]); }
                            }
                        });
                        """));
    }

    @Test
    void shouldStopCodeThatFillsMemoryOutsideTheHeap() throws Exception {
        TestOutcome outcome = runBody("""
                java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
                while (true) { unsafe.setMemory(unsafe.allocateMemory(64 << 20), 64 << 20, (byte) 1); }
                """);

        assertContained(outcome).isEqualTo(LIMIT);
    }

    @Test
    void shouldContainThreadBomb() throws Exception {
        TestOutcome outcome = runBody("""
                for (int i = 0; i < 100_000; i++) {
                    Thread thread = new Thread(() -> { try { Thread.sleep(600_000); } catch (InterruptedException e) { } });
                    thread.setDaemon(true);
                    thread.start();
                }
                """);

        assertContained(outcome).isIn(LIMIT, DIED);
    }

    @Test
    void shouldLeaveTheWorkerAliveWhenCodeKillsItsParent() throws Exception {
        TestOutcome outcome = runBody("""
                ProcessHandle.current().parent().ifPresent(ProcessHandle::destroyForcibly);
                for (long pid = 2; pid < 1000; pid++) { ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly); }
                """);

        assertThat(outcome).isInstanceOf(Completed.class);
    }
}
