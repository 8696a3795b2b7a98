package dev.selfheal.standalone.stack;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;

/** The same on the broker that Apache ships, in a container. */
class ContainerLoopIT extends HealingLoopContract {

    private static final String IMAGE = "apache/kafka:4.3.1";

    private static KafkaContainer kafka;

    @BeforeAll
    static void startKafka() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker here: skipped");
        kafka = new KafkaContainer(IMAGE);
        try {
            kafka.start();
        } catch (ContainerFetchException e) {
            abort("the image " + IMAGE + " cannot be pulled here: skipped (" + e.getMessage() + ")");
        }
    }

    @AfterAll
    static void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    StackOptions options() {
        return StackOptions.standard().externalKafka(kafka.getBootstrapServers()).build();
    }
}
