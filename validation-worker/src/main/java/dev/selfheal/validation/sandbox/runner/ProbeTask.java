package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Tries what hostile code would try; reports, one a line, what it could do that the sandbox should prevent. */
final class ProbeTask implements Task {

    @Override
    public int rounds() {
        return 0;
    }

    @Override
    public void warmUp() {}

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        ProbeOrder order = ProbeOrder.decode(bytes);
        List<String> breaches = new ArrayList<>();
        breachIf(breaches, ProbeOrder.READ, () -> Files.size(Path.of(order.secretFile())) >= 0);
        breachIf(breaches, ProbeOrder.WRITE, () -> {
            Path mark = Path.of(order.readOnlyFolder(), "breach");
            Files.writeString(mark, "x");
            Files.delete(mark);
            return true;
        });
        breachIf(breaches, ProbeOrder.CONNECT, () -> connects(order.port()));
        breachIf(
                breaches,
                ProbeOrder.ENVIRONMENT,
                () -> System.getenv().keySet().stream()
                        .anyMatch(name -> order.environment().contains(name)));
        breachIf(
                breaches,
                ProbeOrder.PROCESSES,
                () -> ProcessHandle.allProcesses().anyMatch(process -> process.pid() == order.workerPid()));
        breachIf(breaches, ProbeOrder.KERNEL, () -> Files.isWritable(Path.of("/proc/sys/kernel/core_pattern")));
        breachIf(breaches, ProbeOrder.FORK, () -> {
            new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version")
                    .redirectErrorStream(true)
                    .start()
                    .destroyForcibly();
            return true;
        });
        return String.join("\n", breaches).getBytes(StandardCharsets.UTF_8);
    }

    private static void breachIf(List<String> breaches, String what, Callable<Boolean> attempt) {
        try {
            if (attempt.call()) {
                breaches.add(what);
            }
        } catch (Exception e) {
            // The attempt was refused, which is what a sandbox is for.
            System.err.println("held: " + what + ": " + e);
        }
    }

    private static boolean connects(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        }
    }
}
