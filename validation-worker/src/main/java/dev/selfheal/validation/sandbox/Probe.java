package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.runner.ProbeOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proves a jail: a job runs in it, and what it claims to prevent does not succeed. */
final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Shells set these themselves. */
    private static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    private final Path state;
    private final Limits limits;

    Probe(Path state, Limits limits) {
        this.state = state;
        this.limits = limits;
    }

    /** Why the jail cannot be used; empty when it held. */
    Optional<String> refute(Jail jail, JvmCommand jvm) throws InterruptedException {
        try (JvmStarter starter = new JvmStarter(jail);
                ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path secret = Files.writeString(state.resolve("secret"), "not for inmates");
            Path folder = Files.createDirectories(state.resolve("read-only"));
            List<Path> mounts = new ArrayList<>(jvm.bundle().classpath());
            mounts.add(folder);
            Inmate inmate =
                    new Inmate(Mounts.of(mounts), Path.of("/"), jvm.argv(List.of("probe"), limits, List.of()), limits);
            byte[] order = order(jail, secret, folder, host.getLocalPort());
            return judge(jail, starter.start(inmate).exchange(order, TIMEOUT));
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static byte[] order(Jail jail, Path secret, Path folder, int port) throws IOException {
        List<String> names = System.getenv().keySet().stream()
                .filter(name -> !jail.surroundings().environment().containsKey(name))
                .filter(name -> !OF_THE_SHELL.contains(name))
                .toList();
        return new ProbeOrder(
                        secret.toString(),
                        folder.toString(),
                        port,
                        ProcessHandle.current().pid(),
                        names)
                .encode();
    }

    private static Optional<String> judge(Jail jail, Reply reply) {
        if (reply instanceof Reply.Contained contained) {
            return Optional.of(contained.containment().detail());
        }
        String text = new String(((Reply.Report) reply).payload(), StandardCharsets.UTF_8);
        List<String> breaches = text.lines()
                .filter(breach -> !jail.tolerated().contains(breach))
                .toList();
        return breaches.isEmpty() ? Optional.empty() : Optional.of("hostile code " + String.join(", ", breaches));
    }
}
