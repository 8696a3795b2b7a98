package dev.selfheal.standalone.cli;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.standalone.policy.PolicyFile;
import dev.selfheal.standalone.stack.StackOptions;
import dev.selfheal.standalone.stack.StackOptions.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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

    @Option(
            names = "--query-port",
            paramLabel = "PORT",
            description = "The read model's port; any free one when missing.")
    private Integer queryPort;

    @Option(
            names = "--ops-port",
            paramLabel = "PORT",
            description = "The port of health and metrics, for Prometheus; any free one when missing.")
    private Integer opsPort;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A service's policy (JSON with at least service and source.url), put in force at the start;"
                    + " may be repeated. Errors of a service without a policy are not healed.")
    private List<Path> policies = List.of();

    @Option(
            names = "--models",
            paramLabel = "FILE",
            description = "Properties with model routes; see docs/models.md. Without it fix templates alone propose"
                    + " patches.")
    private Path models;

    @Option(
            names = "--projects",
            paramLabel = "FILE",
            description = "JSON with the projects and their keys, one of which every sender has to show then; see"
                    + " docs/intake.md. Without it everybody on this machine may send.")
    private Path projects;

    @Option(names = "--json-topic", description = "Also take errors as JSON from the topic selfheal.error-events.json.")
    private boolean jsonTopic;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        List<HealingPolicy> inForce = read();
        StackOptions options = options();
        Terminal terminal = Terminal.standard();
        Timeline timeline = new Timeline(terminal);
        timeline.step(Style.PLAIN, "starting", "Kafka, registry and four services on loopback");
        try (RunningStack running = RunningStack.start(options)) {
            for (HealingPolicy policy : inForce) {
                running.ready().publish(policy);
                timeline.step(
                        "policy",
                        policy.getService() + " at " + policy.getSource().getUrl());
            }
            StackView.show(running.ready(), running.workbench(), timeline);
            StackView.showOptions(running.ready(), options, timeline);
            terminal.line("Ctrl-C stops it.");
            throw CommandFailure.failure(running.awaitFault().toString());
        } catch (CannotHealException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    private List<HealingPolicy> read() throws CommandFailure {
        List<HealingPolicy> read = new ArrayList<>();
        for (Path file : policies) {
            HealingPolicy defaults = LocalPolicy.of("", Path.of(""), "", Isolation.UNSHARE, Instant.now());
            try {
                HealingPolicy policy = PolicyFile.read(file, defaults);
                if (policy.getService().isBlank() || policy.getSource().getUrl().isBlank()) {
                    throw CommandFailure.usage("--policy: " + file + " must name /service and /source/url");
                }
                read.add(policy);
            } catch (IOException e) {
                throw CommandFailure.usage("--policy: " + e.getMessage());
            }
        }
        return read;
    }

    private StackOptions options() throws CommandFailure {
        if (projects != null) {
            ServiceFiles.projects(projects);
        }
        return StackOptions.standard()
                .models(ServiceFiles.models(models))
                .projects(Optional.ofNullable(projects))
                .jsonTopic(jsonTopic)
                .dataDirectory(Optional.ofNullable(data))
                .ports(new Ports(port(kafkaPort), port(registryPort), port(ingestPort), port(queryPort), port(opsPort)))
                .build();
    }

    private static OptionalInt port(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
