package dev.selfheal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildBrokerIT {

    private static final int KILLED = 128 + 9;

    @TempDir
    private Path directory;

    @Test
    void shouldServeOnAfterTheTerminalsSignalsAndTellWhenItIsKilled() throws Exception {
        Path log = directory.resolve("broker.log");
        int port = FreePorts.next();
        try (ChildBroker broker =
                new ChildBroker(new BrokerSettings(directory.resolve("kafka"), port, FreePorts.next()), log)) {
            broker.start();
            CompletableFuture<BrokerFault> fault = broker.fault();
            ProcessHandle child = ProcessHandle.current().children().findFirst().orElseThrow();

            signal("INT", child);
            signal("HUP", child);

            assertThatNoException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
            assertThat(fault).isNotDone();
            child.destroyForcibly();
            assertThat(fault.get(10, TimeUnit.SECONDS)).isEqualTo(new BrokerFault(KILLED, log));
        }
    }

    @Test
    void shouldTellNoFaultWhenItIsStopped() {
        ChildBroker broker = new ChildBroker(
                new BrokerSettings(directory.resolve("kafka"), FreePorts.next(), FreePorts.next()),
                directory.resolve("broker.log"));
        broker.start();

        broker.stop();

        assertThat(broker.fault()).isNotDone();
        assertThat(broker.isRunning()).isFalse();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
