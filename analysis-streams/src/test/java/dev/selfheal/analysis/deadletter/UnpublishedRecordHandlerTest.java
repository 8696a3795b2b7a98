package dev.selfheal.analysis.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpublishedRecordHandlerTest {

    private static final Topics TOPICS = new Topics("selfheal.");
    private static final ProducerRecord<byte[], byte[]> MADE =
            new ProducerRecord<>(TOPICS.healingRequests().name(), bytes("made"));

    private final UnpublishedRecordHandler handler = new UnpublishedRecordHandler();

    @BeforeEach
    void configure() {
        handler.configure(DeadLetterSettings.of(TOPICS));
    }

    @Test
    void shouldDeadLetterSourceWhenRecordIsTooLarge() {
        String source = TOPICS.errorEvents().name();
        Response response = handler.handleError(new Source(source), MADE, new RecordTooLargeException("2 MiB"));

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(letter -> {
            assertThat(letter.topic()).isEqualTo(source + ".dlq");
            assertThat(letter.key()).isEqualTo(bytes("source key"));
            assertThat(letter.value()).isEqualTo(bytes("source value"));
            assertThat(text(letter.headers(), "__streams.errors.topic")).isEqualTo(source);
            assertThat(text(letter.headers(), "__streams.errors.partition")).isEqualTo("3");
            assertThat(text(letter.headers(), "__streams.errors.offset")).isEqualTo("42");
            assertThat(text(letter.headers(), "__streams.errors.exception"))
                    .isEqualTo(RecordTooLargeException.class.getName());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "proposals, selfheal.patch-proposals.dlq",
        "verdicts, selfheal.patches.rejected.dlq",
        "outcomes, selfheal.healing-cases.dlq"
    })
    void shouldNameOriginalTopicWhenSourceIsInternal(String step, String expected) {
        Source source = new Source("selfheal.analysis-" + step + "-repartition");
        Response response = handler.handleSerializationError(
                source, MADE, new SerializationException("no id"), SerializationExceptionOrigin.VALUE);

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords())
                .singleElement()
                .satisfies(letter -> assertThat(letter.topic()).isEqualTo(expected));
    }

    @Test
    void shouldGoOnWithoutLetterWhenRecordWasMadeAsTimePassed() {
        Response response = handler.handleError(new Source(null), MADE, new RecordTooLargeException("2 MiB"));

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void shouldFailWhenSomethingElseIsAtFault() {
        Source source = new Source(TOPICS.errorEvents().name());

        assertThat(handler.handleError(source, MADE, new NotEnoughReplicasException("away"))
                        .result())
                .isEqualTo(Result.FAIL);
        assertThat(handler.handleError(source, MADE, new ProducerFencedException("newer"))
                        .result())
                .isEqualTo(Result.FAIL);
        assertThat(handler.handleError(source, MADE, new TopicAuthorizationException("no"))
                        .result())
                .isEqualTo(Result.FAIL);
        assertThat(handler.handleSerializationError(
                                source,
                                MADE,
                                new NotEnoughReplicasException("registry away"),
                                SerializationExceptionOrigin.VALUE)
                        .result())
                .isEqualTo(Result.FAIL);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** @param topic null as in a punctuation */
    private record Source(String topic) implements ErrorHandlerContext {

        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 42;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "to-healing-requests";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(2, 0);
        }

        @Override
        public long timestamp() {
            return 1_000;
        }

        @Override
        public byte[] sourceRawKey() {
            return topic == null ? null : bytes("source key");
        }

        @Override
        public byte[] sourceRawValue() {
            return topic == null ? null : bytes("source value");
        }
    }
}
