package dev.selfheal.embedded;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * @param dataDirectory what the broker and the registry remember; the same directory continues where it was left
 * @param process where the broker runs
 * @param kafkaPort empty takes a free one
 * @param registryPort empty takes a free one
 */
public record ClusterOptions(
        Path dataDirectory, BrokerProcess process, OptionalInt kafkaPort, OptionalInt registryPort) {

    /** Where the broker runs. */
    public enum BrokerProcess {
        /** In this JVM: the quickest to start. A fault of the broker ends this JVM. */
        IN_JVM,
        /** In a JVM of its own that ends with this one. */
        CHILD_JVM
    }

    public ClusterOptions {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(kafkaPort, "kafkaPort");
        Objects.requireNonNull(registryPort, "registryPort");
        dataDirectory = dataDirectory.toAbsolutePath();
    }

    /** For tests. */
    public static ClusterOptions inJvm(Path dataDirectory) {
        return new ClusterOptions(dataDirectory, BrokerProcess.IN_JVM, OptionalInt.empty(), OptionalInt.empty());
    }

    /** For the standalone command: survives a fault of the broker. */
    public static ClusterOptions childJvm(Path dataDirectory) {
        return new ClusterOptions(dataDirectory, BrokerProcess.CHILD_JVM, OptionalInt.empty(), OptionalInt.empty());
    }

    /** The same with the ports given. */
    public ClusterOptions withPorts(OptionalInt kafka, OptionalInt registry) {
        return new ClusterOptions(dataDirectory, process, kafka, registry);
    }

    Broker broker() {
        BrokerSettings settings = new BrokerSettings(
                dataDirectory.resolve("kafka"), kafkaPort.orElseGet(FreePorts::next), FreePorts.next());
        return switch (process) {
            case IN_JVM -> new EmbeddedBroker(settings);
            case CHILD_JVM -> new ChildBroker(settings, dataDirectory.resolve("broker.log"));
        };
    }

    Path registryFile() {
        return dataDirectory.resolve("registry.jsonl");
    }
}
