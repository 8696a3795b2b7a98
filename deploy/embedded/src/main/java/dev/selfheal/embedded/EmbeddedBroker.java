package dev.selfheal.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real single-node KRaft broker in this JVM. A fault inside the broker (a lost log directory, say) halts the whole JVM:
 * good for tests, and the reason {@link ChildBroker} exists. Not thread-safe.
 */
public final class EmbeddedBroker implements Broker {

    private final BrokerSettings settings;
    private Optional<KafkaRaftServer> server = Optional.empty();

    public EmbeddedBroker(BrokerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    @Override
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    @Override
    public void start() {
        if (server.isPresent()) {
            return;
        }
        formatWhenNew(settings.dataDirectory());
        KafkaRaftServer starting =
                new KafkaRaftServer(KafkaConfig.fromProps(settings.toProperties(), false), Time.SYSTEM);
        starting.startup();
        server = Optional.of(starting);
    }

    @Override
    public void stop() {
        server.ifPresent(running -> {
            running.shutdown();
            running.awaitShutdown();
        });
        server = Optional.empty();
    }

    private static void formatWhenNew(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (Exception e) {
            // Formatter declares Exception; whatever it is, there is no broker without a formatted directory.
            throw new KafkaException("cannot format the broker's data directory " + directory, e);
        }
    }
}
