package dev.selfheal.standalone.cli;

import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.stack.StackOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything in the foreground until it is told to stop. */
@Command(
        name = "up",
        description = "Runs Kafka, a schema registry and the four services on this machine until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where topics, keys and state are kept; a temporary folder, deleted at the end, when missing.")
    private Path data;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka's port; any free one when missing.")
    private Integer kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "The registry's port; any free one when missing.")
    private Integer registryPort;

    @Option(names = "--ingest-port", paramLabel = "PORT", description = "The intake's port; any free one when missing.")
    private Integer ingestPort;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Terminal terminal = Terminal.standard();
        Timeline timeline = new Timeline(terminal);
        timeline.step(Style.PLAIN, "starting", "Kafka, registry and four services on loopback");
        try (RunningStack running = RunningStack.start(options())) {
            StackView.show(running.ready(), running.workbench(), timeline);
            terminal.line("Ctrl-C stops it.");
            new CountDownLatch(1).await();
        } catch (CannotHealException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private StackOptions options() {
        return StackOptions.standard()
                .withDataDirectory(Optional.ofNullable(data))
                .withPorts(port(kafkaPort), port(registryPort), port(ingestPort));
    }

    private static OptionalInt port(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
