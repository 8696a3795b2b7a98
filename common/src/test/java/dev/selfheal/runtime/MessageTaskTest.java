package dev.selfheal.runtime;

import static dev.selfheal.runtime.TestInstallation.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.serde.RegistryUnavailableException;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class MessageTaskTest {

    private static final RetryPolicy THREE = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(9));

    private final Topics topics = new Topics("");
    private final List<Duration> pauses = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ProducerRecord<byte[], byte[]>> delivered = new ArrayList<>();
    private int largestValue = Integer.MAX_VALUE;
    /** What the deserializer and the serializer of answers do, call by call; nothing left means they work. */
    private final Deque<RuntimeException> reading = new ArrayDeque<>();

    private final Deque<RuntimeException> writing = new ArrayDeque<>();
    private UnaryOperator<byte[]> letters = UnaryOperator.identity();
    private int handled;

    @Test
    void shouldDeliverTheAnswers() throws Exception {
        run(message -> List.of(answer(message)));
        assertThat(sent()).containsExactly("alerts");
        assertThat(delivered.get(0).key()).isEqualTo(bytes("Decided:case-1"));
        assertThat(new String(
                        delivered.get(0).headers().lastHeader("ce_causationid").value(), StandardCharsets.UTF_8))
                .isEqualTo("review-decisions-0-5");
        assertThat(meters.counter("selfheal.worker.processed", "worker", "w").count())
                .isEqualTo(1);
    }

    @Test
    void shouldTryAgainWhenTheFailureIsRetriable() throws Exception {
        run(message -> {
            if (++handled < 3) {
                throw new RetriableException(ErrorCode.MODEL_FAILED, "busy");
            }
            return List.of(answer(message));
        });
        assertThat(sent()).containsExactly("alerts");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void shouldDeadLetterAfterTheLastAttempt() throws Exception {
        run(message -> {
            handled++;
            throw new RetriableException(ErrorCode.MODEL_FAILED, "busy");
        });
        assertThat(handled).isEqualTo(3);
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(header("selfheal.error.code")).isEqualTo("MODEL_FAILED");
        assertThat(header("__streams.errors.message")).isEqualTo("gave up after 3 attempts: busy");
        assertThat(header("__streams.errors.exception")).isEqualTo(RetriableException.class.getName());
        assertThat(header("foreign")).isEqualTo("kept");
    }

    @Test
    void shouldDeadLetterAtOnceWhenTryingAgainCannotHelp() throws Exception {
        run(message -> {
            handled++;
            throw new HealingException(ErrorCode.INVALID_RECORD, "no");
        });
        assertThat(handled).isEqualTo(1);
        assertThat(pauses).isEmpty();
        assertThat(sent()).containsExactly("review-decisions.dlq");
    }

    @Test
    void shouldDeadLetterBytesThatAreNoRecord() throws Exception {
        reading.add(new SerializationException("garbage"));
        run(message -> List.of(answer(message)));
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(delivered.get(0).value()).containsExactly(1, 2, 3);
        assertThat(header("__streams.errors.offset")).isEqualTo("5");
        assertThat(header("selfheal.error.code")).isEqualTo("MALFORMED_RECORD");
    }

    @Test
    void shouldDeadLetterARecordWithoutAValue() throws Exception {
        task(message -> List.of()).run(new ConsumerRecord<>("review-decisions", 0, 5, bytes("k"), null), this::deliver);
        assertThat(sent()).containsExactly("review-decisions.dlq");
    }

    @Test
    void shouldDeadLetterWhenAHeaderIsMalformed() throws Exception {
        ConsumerRecord<byte[], byte[]> record = record();
        record.headers().add("ce_time", bytes("yesterday"));
        task(message -> List.of(answer(message))).run(record, this::deliver);
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(header("__streams.errors.message")).contains("ce_time");
    }

    @Test
    void shouldWaitOutARegistryOutageHoweverLongAndNeverDeadLetter() throws Exception {
        for (int i = 0; i < 50; i++) {
            reading.add(new RegistryUnavailableException("away"));
            writing.add(new RegistryUnavailableException("away"));
        }
        run(message -> List.of(answer(message)));
        assertThat(sent()).containsExactly("alerts");
        assertThat(pauses).hasSize(100);
    }

    @Test
    void shouldWriteAnAnswerAgainWithoutHandlingAgainWhenTheBrokerTimesOut() throws Exception {
        writing.add(new TimeoutException("no leader"));
        run(message -> {
            handled++;
            return List.of(answer(message));
        });
        assertThat(handled).isEqualTo(1);
        assertThat(sent()).containsExactly("alerts");
    }

    @Test
    void shouldDeadLetterTheInputWhenItsAnswerIsTooLarge() throws Exception {
        writing.add(new RecordTooLargeException("2 MB"));
        run(message -> List.of(answer(message)));
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(header("__streams.errors.message")).contains("2 MB");
    }

    @Test
    void shouldTellTheHandlerWhenItsAnswersAreDelivered() throws Exception {
        Told handler = new Told();
        run(handler);

        assertThat(handler.told).containsExactly("handled, 0 delivered", "answered, 1 delivered");
    }

    @Test
    void shouldTellTheHandlerOfADeadLetterInsteadWhenItsAnswerIsTooLarge() throws Exception {
        writing.add(new RecordTooLargeException("2 MB"));
        Told handler = new Told();
        run(handler);

        assertThat(handler.told)
                .containsExactly("handled, 0 delivered", "dead letter for RecordTooLargeException, 1 delivered");
    }

    @Test
    void shouldShowADeadLettersValueAsTheFormSays() throws Exception {
        letters = value -> new byte[] {9};
        reading.add(new SerializationException("garbage"));
        run(message -> List.of(answer(message)));

        assertThat(delivered.get(0).value()).containsExactly(9);
        assertThat(header("selfheal.error.code")).isEqualTo("MALFORMED_RECORD");
        assertThat(header("foreign")).isEqualTo("kept");
    }

    @Test
    void shouldLeaveTheValueOutOfADeadLetterThatCannotBeShown() throws Exception {
        letters = value -> {
            throw new IllegalStateException("bug");
        };
        reading.add(new SerializationException("garbage"));
        run(message -> List.of(answer(message)));

        assertThat(delivered.get(0).value()).isNull();
        assertThat(header("selfheal.error.value-left-out")).isEqualTo("3");
    }

    @Test
    void shouldLeaveTheValueOutOfADeadLetterThatIsTooLarge() throws Exception {
        largestValue = 2;
        run(message -> {
            throw new HealingException(ErrorCode.INVALID_RECORD, "no");
        });
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(delivered.get(0).key()).isEqualTo(bytes("case-1"));
        assertThat(delivered.get(0).value()).isNull();
        assertThat(header("selfheal.error.value-left-out")).isEqualTo("3");
        assertThat(header("selfheal.error.code")).isEqualTo("INVALID_RECORD");
    }

    @Test
    void shouldDeadLetterARecordThatTripsABug() throws Exception {
        run(message -> {
            handled++;
            throw new IllegalStateException("bug");
        });
        assertThat(handled).isEqualTo(1);
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(header("selfheal.error.code")).isEqualTo("INTERNAL");
        assertThat(header("__streams.errors.exception")).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void shouldDeadLetterARecordThatExhaustsTheStack() throws Exception {
        run(message -> {
            throw new StackOverflowError();
        });
        assertThat(sent()).containsExactly("review-decisions.dlq");
        assertThat(header("selfheal.error.code")).isEqualTo("INTERNAL");
    }

    @Test
    void shouldStopTheWorkerWhenMemoryRunsOut() {
        assertThatThrownBy(() -> run(message -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldStopTheWorkerWhenPublishingIsForbidden() {
        writing.add(new AuthorizationException("no"));
        assertThatThrownBy(() -> run(message -> List.of(answer(message)))).isInstanceOf(AuthorizationException.class);
        assertThat(sent()).isEmpty();
    }

    /** Remembers what it was told, and how much was delivered by then. */
    private final class Told implements MessageHandler<ReviewDecision> {

        private final List<String> told = new ArrayList<>();

        @Override
        public List<Outgoing<?>> handle(Envelope<ReviewDecision> message) {
            tell("handled");
            return List.of(answer(message));
        }

        @Override
        public void answered(Envelope<ReviewDecision> message) {
            tell("answered");
        }

        @Override
        public void deadLettered(Envelope<ReviewDecision> message, HealingException why) {
            tell("dead letter for " + why.getCause().getClass().getSimpleName());
        }

        private void tell(String what) {
            told.add(what + ", " + delivered.size() + " delivered");
        }
    }

    private void run(MessageHandler<ReviewDecision> handler) throws InterruptedException {
        task(handler).run(record(), this::deliver);
    }

    private MessageTask<ReviewDecision> task(MessageHandler<ReviewDecision> handler) {
        return new MessageTask<>(
                new RecordForm<>((topic, bytes) -> read(), value -> letters.apply(value)),
                handler,
                new MessageWriter((topic, data) -> written()),
                THREE.maxAttempts(),
                () -> new Backoff(THREE, new Random(1), pauses::add),
                new WorkerMeters("w", meters));
    }

    private ReviewDecision read() {
        if (!reading.isEmpty()) {
            throw reading.remove();
        }
        return decision("case-1");
    }

    private byte[] written() {
        if (!writing.isEmpty()) {
            throw writing.remove();
        }
        return new byte[] {4};
    }

    private <T extends SpecificRecord> Outgoing<?> answer(Envelope<T> message) {
        Instant now = Instant.EPOCH;
        dev.selfheal.event.Alert alert =
                new dev.selfheal.event.Alert("a", "Decided", dev.selfheal.event.AlertLevel.INFO, "case-1", "", now);
        return new Outgoing<>(topics.alerts(), message.answer("/test", "case-1", now, "case-1", 1, alert));
    }

    private List<String> sent() {
        return delivered.stream().map(ProducerRecord::topic).toList();
    }

    private String header(String name) {
        return new String(delivered.get(0).headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("review-decisions", 0, 5, bytes("case-1"), new byte[] {1, 2, 3});
        record.headers().add("foreign", bytes("kept"));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses large values, as a broker does. */
    private void deliver(List<ProducerRecord<byte[], byte[]>> answers) {
        if (answers.stream().anyMatch(answer -> answer.value() != null && answer.value().length > largestValue)) {
            throw new RecordTooLargeException("the largest value is " + largestValue);
        }
        delivered.addAll(answers);
    }
}
