package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.ChildBrokerMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandIT {

    @TempDir
    private Path data;

    private WatchService watch;

    @Test
    void shouldEndWithAFailureThatNamesTheLogWhenKafkasProcessIsKilled() throws Exception {
        StringWriter errors = new StringWriter();
        CommandLine command = SelfhealMain.commandLine().setErr(new PrintWriter(errors, true));
        int port = freePort();
        watch = FileSystems.getDefault().newWatchService();
        data.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> command.execute("up", "--data", data.toString(), "--ops-port", Integer.toString(port)));
        awaitReady();

        assertThat(health(port)).isEqualTo(200);
        broker().destroyForcibly();

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString())
                .contains("exit code 137")
                .contains(data.toRealPath().resolve("broker.log").toString());
    }

    /** The file is written last. */
    private void awaitReady() throws Exception {
        while (!Files.exists(data.resolve("client.properties"))) {
            WatchKey key = watch.poll(90, TimeUnit.SECONDS);
            assertThat(key).as("nothing happens in the data folder").isNotNull();
            key.pollEvents();
            key.reset();
        }
        watch.close();
    }

    private static int health(int port) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static ProcessHandle broker() {
        return ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains(ChildBrokerMain.class.getName()))
                .findFirst()
                .orElseThrow();
    }

    /** In full: the JDK's own answer is cut at a page, which a class path fills. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
