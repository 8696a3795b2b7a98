package dev.selfheal.standalone.stack;

import dev.selfheal.embedded.ClusterOptions.BrokerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stack runs.
 *
 * @param dataDirectory topics, keys and state; empty takes a temporary folder that is deleted at the end
 * @param externalKafka brokers to use instead of an embedded one
 * @param kafkaPort empty takes a free one
 * @param registryPort empty takes a free one
 * @param ingestPort empty takes a free one
 * @param queryPort of the read model; empty takes a free one
 * @param models properties file with the model routes of the patch worker
 * @param inAppPackages package prefixes of the healed services' own code
 */
public record StackOptions(
        Optional<Path> dataDirectory,
        BrokerProcess brokerProcess,
        Optional<String> externalKafka,
        OptionalInt kafkaPort,
        OptionalInt registryPort,
        OptionalInt ingestPort,
        OptionalInt queryPort,
        Optional<Path> models,
        List<String> inAppPackages) {

    public StackOptions {
        inAppPackages = List.copyOf(inAppPackages);
    }

    /** Broker in a child JVM, free ports, a temporary folder, no models. */
    public static StackOptions standard() {
        return new StackOptions(
                Optional.empty(),
                BrokerProcess.CHILD_JVM,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    public StackOptions withDataDirectory(Optional<Path> directory) {
        return new StackOptions(
                directory, brokerProcess, externalKafka, kafkaPort, registryPort, ingestPort, queryPort, models, inAppPackages);
    }

    public StackOptions withBrokerProcess(BrokerProcess process) {
        return new StackOptions(
                dataDirectory, process, externalKafka, kafkaPort, registryPort, ingestPort, queryPort, models, inAppPackages);
    }

    public StackOptions withExternalKafka(String bootstrapServers) {
        return new StackOptions(
                dataDirectory,
                brokerProcess,
                Optional.of(bootstrapServers),
                kafkaPort,
                registryPort,
                ingestPort,
                queryPort,
                models,
                inAppPackages);
    }

    public StackOptions withPorts(OptionalInt kafka, OptionalInt registry, OptionalInt ingest, OptionalInt query) {
        return new StackOptions(
                dataDirectory, brokerProcess, externalKafka, kafka, registry, ingest, query, models, inAppPackages);
    }

    public StackOptions withModels(Optional<Path> file) {
        return new StackOptions(
                dataDirectory, brokerProcess, externalKafka, kafkaPort, registryPort, ingestPort, queryPort, file, inAppPackages);
    }

    public StackOptions withInAppPackages(List<String> prefixes) {
        return new StackOptions(
                dataDirectory, brokerProcess, externalKafka, kafkaPort, registryPort, ingestPort, queryPort, models, prefixes);
    }
}
