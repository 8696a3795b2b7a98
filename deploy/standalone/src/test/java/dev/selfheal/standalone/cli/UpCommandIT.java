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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandIT {

    @TempDir
    private Path data;

    @TempDir
    private Path files;

    private final StringWriter errors = new StringWriter();
    private WatchService watch;

    @Test
    void shouldRunWhatItsOptionsName() throws Exception {
        Path projects = Files.writeString(
                files.resolve("projects.json"), "{\"projects\":[{\"id\":\"7\",\"keys\":[\"a-key-of-7\"]}]}");
        int ingest = freePort();
        int ops = freePort();
        CompletableFuture<Integer> exit = up(
                "--ingest-port",
                Integer.toString(ingest),
                "--ops-port",
                Integer.toString(ops),
                "--projects",
                projects.toString(),
                "--json-topic");

        assertThat(send(ingest, "")).as("without a key").isEqualTo(401);
        assertThat(send(ingest, "a-key-of-7")).as("with a key").isEqualTo(202);
        assertThat(get(ops, "/health/ready").body()).contains("json-topic");
        broker().destroyForcibly();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void shouldEndWithAFailureThatNamesTheLogWhenKafkasProcessIsKilled() throws Exception {
        int port = freePort();
        CompletableFuture<Integer> exit = up("--ops-port", Integer.toString(port));

        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        broker().destroyForcibly();

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString())
                .contains("exit code 137")
                .contains(data.toRealPath().resolve("broker.log").toString());
    }

    /** Returns when everything is up. */
    private CompletableFuture<Integer> up(String... options) throws Exception {
        CommandLine command = SelfhealMain.commandLine().setErr(new PrintWriter(errors, true));
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of(options));
        watch = FileSystems.getDefault().newWatchService();
        data.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> command.execute(arguments.toArray(String[]::new)));
        awaitReady();
        return exit;
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

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** The status of an error that is sent with this key. */
    private static int send(int port, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/errors"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
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
