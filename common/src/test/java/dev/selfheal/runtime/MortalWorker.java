package dev.selfheal.runtime;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A worker in a JVM of its own that dies between the publication of an answer and the commit. */
final class MortalWorker {

    private static final String DIES_AT = "dies.at.answer";
    private static final int STATUS = 137;

    private MortalWorker() {}

    /** Runs it until it has died. */
    static void runUntilItDies(Map<String, String> settings, int atAnswer, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MortalWorker.class.getName()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        command.add("producer." + DIES_AT + "=" + atAnswer);
        command.add("producer.interceptor.classes=" + Death.class.getName());
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (status != STATUS) {
            throw new IllegalStateException("it ended with status " + status + ", see " + log);
        }
    }

    /** Settings, each {@code name=value}. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (String setting : args) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Topics topics = new Topics(settings.get(ServiceConfig.TOPIC_PREFIX));
        Worker<ReviewDecision> worker = new Worker<>(
                "worker",
                new KafkaClients(new ServiceConfig(ServiceConfig.base(), settings)),
                List.of(topics.reviewDecisions()),
                4,
                message -> List.of(TestInstallation.answerTo(topics, message)),
                new SimpleMeterRegistry(),
                topics.workerLoads());
        worker.start();
        new CountDownLatch(1).await();
    }

    /** When the answer is on the broker, and its transaction is not committed. */
    public static final class Death implements ProducerInterceptor<byte[], byte[]> {

        private final AtomicInteger answers = new AtomicInteger();
        private int last;

        @Override
        public void configure(Map<String, ?> configs) {
            last = Integer.parseInt((String) configs.get(DIES_AT));
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            if (metadata.topic().endsWith("alerts") && answers.incrementAndGet() == last) {
                Runtime.getRuntime().halt(STATUS);
            }
        }

        @Override
        public void close() {}
    }
}
