package dev.selfheal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicCreatorTest {

    @Test
    void shouldLeaveRoomInDeadLetterTopicsForTheLargestRecordAndItsErrorHeaders() {
        assertThat(TopicCreator.deadLetterSettings())
                .containsEntry("max.message.bytes", "2097152")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "7776000000");
    }
}
