package dev.selfheal.analysis.deadletter;

import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that send failing records to dead-letter topics. */
public final class DeadLetterSettings {

    private DeadLetterSettings() {}

    /** The handlers of all three kinds of failure, and which topic has which dead-letter topic. */
    public static Map<String, Object> of(Topics topics) {
        Map<String, String> letters = new HashMap<>();
        for (Topic<?> topic : topics.all()) {
            letters.put(topic.name(), topic.deadLetterName());
        }
        letters.put("proposals", topics.patchProposals().deadLetterName());
        letters.put("verdicts", topics.rejectedPatches().deadLetterName());
        letters.put("reviews", topics.reviewDecisions().deadLetterName());
        letters.put("deployments", topics.deployments().deadLetterName());
        letters.put("rollbacks", topics.rollbacks().deadLetterName());
        letters.put("suspected", topics.regressionWatches().deadLetterName());
        letters.put("group-windows", topics.errorTrends().deadLetterName());
        letters.put("outcomes", topics.healingCases().deadLetterName());
        letters.put("turned-out", topics.healingCases().deadLetterName());
        letters.put("case-steps", topics.healingCases().deadLetterName());
        return Map.of(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                PoisonRecordHandler.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                FailedRecordHandler.class,
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                UnpublishedRecordHandler.class,
                DeadLetters.TOPICS,
                Map.copyOf(letters));
    }
}
