package dev.selfheal.standalone.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableTopicTest {

    private static final String PREFIX = "acme.";
    private final Topics topics = new Topics(PREFIX);

    @ParameterizedTest
    @CsvSource({
        "error-events, acme.error-events",
        "acme.error-events, acme.error-events",
        "error-events.json, acme.error-events.json",
        "patches.review.dlq, acme.patches.review.dlq",
        "acme.error-events.json.dlq, acme.error-events.json.dlq"
    })
    void shouldFindATopicWithItsPrefixOrWithout(String given, String name) {
        assertThat(ReadableTopic.find(topics, PREFIX, given).map(ReadableTopic::name))
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({"selfheal.error-events", "__consumer_offsets", "error-events.dlq.dlq", "''", "acme."})
    void shouldFindNoOther(String given) {
        assertThat(ReadableTopic.find(topics, PREFIX, given)).isEmpty();
    }

    @Test
    void shouldReadDeadLettersAsTheTopicTheyAreFrom() {
        assertThat(ReadableTopic.find(topics, PREFIX, "error-events.json.dlq").map(ReadableTopic::origin))
                .contains(topics.jsonErrorEvents());
    }
}
