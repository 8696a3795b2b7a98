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
 * @param ports where its servers listen
 * @param models properties file with the model routes of the patch worker
 * @param intake what the intake takes
 */
public record StackOptions(
        Optional<Path> dataDirectory,
        BrokerProcess brokerProcess,
        Optional<String> externalKafka,
        Ports ports,
        Optional<Path> models,
        Intake intake) {

    /**
     * Empty takes a free one.
     *
     * @param query of the read model
     * @param ops of health and metrics
     */
    public record Ports(
            OptionalInt kafka, OptionalInt registry, OptionalInt ingest, OptionalInt query, OptionalInt ops) {

        /** Free ones for all. */
        public static final Ports FREE = new Ports(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /**
     * What differs from the intake's own defaults.
     *
     * @param inAppPackages package prefixes of the healed services' own code
     * @param projects file with the projects whose keys are asked for; empty lets everybody send
     * @param jsonTopic whether errors are also taken as JSON from their topic
     */
    public record Intake(List<String> inAppPackages, Optional<Path> projects, boolean jsonTopic) {

        public Intake {
            inAppPackages = List.copyOf(inAppPackages);
        }
    }

    /** Broker in a child JVM, free ports, a temporary folder, no models. */
    public static Builder standard() {
        return new Builder();
    }

    /** What differs from {@link #standard()}. Not thread-safe. */
    public static final class Builder {

        private Optional<Path> dataDirectory = Optional.empty();
        private BrokerProcess brokerProcess = BrokerProcess.CHILD_JVM;
        private Optional<String> externalKafka = Optional.empty();
        private Ports ports = Ports.FREE;
        private Optional<Path> models = Optional.empty();
        private List<String> inAppPackages = List.of();
        private Optional<Path> projects = Optional.empty();
        private boolean jsonTopic;

        private Builder() {}

        public Builder dataDirectory(Optional<Path> directory) {
            dataDirectory = directory;
            return this;
        }

        public Builder brokerProcess(BrokerProcess process) {
            brokerProcess = process;
            return this;
        }

        public Builder externalKafka(String bootstrapServers) {
            externalKafka = Optional.of(bootstrapServers);
            return this;
        }

        public Builder ports(Ports wanted) {
            ports = wanted;
            return this;
        }

        public Builder models(Optional<Path> file) {
            models = file;
            return this;
        }

        public Builder inAppPackages(List<String> prefixes) {
            inAppPackages = prefixes;
            return this;
        }

        public Builder projects(Optional<Path> file) {
            projects = file;
            return this;
        }

        public Builder jsonTopic(boolean isRead) {
            jsonTopic = isRead;
            return this;
        }

        public StackOptions build() {
            Intake intake = new Intake(inAppPackages, projects, jsonTopic);
            return new StackOptions(dataDirectory, brokerProcess, externalKafka, ports, models, intake);
        }
    }
}
