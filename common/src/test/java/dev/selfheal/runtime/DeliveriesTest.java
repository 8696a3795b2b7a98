package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveriesTest {

    private static final TopicPartition ZERO = new TopicPartition("t", 0);

    private final Ledger ledger = new Ledger();
    private final Deliveries deliveries = ledger.deliveries();
    private final PartitionWork work = new PartitionWork();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @AfterEach
    void close() {
        deliveries.close();
    }

    @Test
    void shouldCommitTheAnswersAndThePositionTogether() throws Exception {
        start(10);
        complete(10, "a", "b");
        assertThat(answers()).containsExactly("a", "b");
        assertThat(ledger.positions).containsEntry(ZERO, new OffsetAndMetadata(11, ""));
        assertThat(ledger.transactions).hasValue(1);
    }

    @Test
    void shouldCommitThePositionOfWhatHasNoAnswers() throws Exception {
        start(10);
        complete(10);
        assertThat(ledger.positions.get(ZERO).offset()).isEqualTo(11);
    }

    @Test
    void shouldTellInTheMetadataWhatEndedBeforeAnOlderRecord() throws Exception {
        start(10, 11, 12);
        complete(12, "late one first");
        OffsetAndMetadata committed = ledger.positions.get(ZERO);
        assertThat(committed.offset()).isEqualTo(10);
        assertThat(FinishedAhead.read(10, committed.metadata())).containsExactly(12L);
        complete(10);
        complete(11);
        assertThat(ledger.positions).containsEntry(ZERO, new OffsetAndMetadata(13, ""));
    }

    @Test
    void shouldSendAgainWhatWasNotCommitted() throws Exception {
        ledger.beforeCommit.add(new TimeoutException("broker away"));
        ledger.beforeCommit.add(new ProducerFencedException("the broker aborted it meanwhile"));
        start(10);
        complete(10, "a");
        assertThat(answers()).containsExactly("a");
        assertThat(ledger.pauses).hasSize(2);
        assertThat(ledger.producers)
                .as("each new one resolves what the last left")
                .hasValue(3);
    }

    @Test
    void shouldNotSendAgainWhatWasCommittedWithoutAnAnswer() throws Exception {
        ledger.afterCommit.add(new TimeoutException("the answer is lost"));
        ledger.atReading.add(new TimeoutException("so is this one"));
        start(10);
        complete(10, "a");
        assertThat(answers()).containsExactly("a");
        assertThat(ledger.transactions).hasValue(1);
        begin(11);
        complete(11, "b");
        assertThat(answers()).containsExactly("a", "b");
    }

    @Test
    void shouldSendAgainWhatTheBrokerAbortedBecauseItTookTooLong() throws Exception {
        ledger.beforeCommit.add(new KafkaException("in an error state", new InvalidTxnStateException("aborted")));
        start(10);
        complete(10, "a");
        assertThat(answers()).containsExactly("a");
        assertThat(failure).isNotDone();
    }

    @Test
    void shouldWaitWhileTheBrokersNameDoesNotResolve() throws Exception {
        start(10, 11);
        complete(10, "a");
        ledger.beforeCommit.add(new TimeoutException("broker away"));
        ledger.atMaking.add(new KafkaException("Failed to construct kafka producer", new ConfigException("no urls")));
        complete(11, "b");
        assertThat(answers()).containsExactly("a", "b");
    }

    @Test
    void shouldStopWhenAProducerCannotEvenBeMadeAtFirst() {
        ledger.atMaking.add(new KafkaException("Failed to construct kafka producer", new ConfigException("acks")));
        deliveries.start(failure::complete);
        assertThat(failure.join()).hasRootCauseInstanceOf(ConfigException.class);
    }

    @Test
    void shouldTryAgainWithTheGroupsNextGeneration() throws Exception {
        ledger.beforeCommit.add(new CommitFailedException("an old generation"));
        start(10);
        complete(10, "a");
        assertThat(answers()).containsExactly("a");
    }

    @Test
    void shouldRefuseWhatIsTooLargeAndCommitWhatCameWithIt() throws Exception {
        ledger.largestValue = 3;
        begin(10, 11);
        CompletableFuture<Void> fits = completing(10, "a");
        CompletableFuture<Void> doesNot = completing(11, "four");
        deliveries.start(failure::complete);
        fits.join();
        assertThatThrownBy(doesNot::join).hasRootCauseInstanceOf(RecordTooLargeException.class);
        assertThat(answers()).containsExactly("a");
        assertThat(ledger.positions.get(ZERO).offset()).isEqualTo(11);
        assertThat(failure).isNotDone();
    }

    @Test
    void shouldLeaveWhatBelongsToARevokedPartitionToItsNextOwner() throws Exception {
        start(10);
        work.revoke();
        assertThatThrownBy(() -> complete(10, "a")).isInstanceOf(CancellationException.class);
        assertThat(answers()).isEmpty();
        assertThat(ledger.positions).isEmpty();
    }

    @Test
    void shouldStopWhenTransactionsAreForbidden() {
        ledger.atOpen.add(new TransactionalIdAuthorizationException("no"));
        deliveries.start(failure::complete);
        assertThat(failure.join()).isInstanceOf(TransactionalIdAuthorizationException.class);
    }

    @Test
    void shouldStopWhenAnAnswerMayNotBePublished() throws Exception {
        start(10);
        ledger.beforeCommit.add(
                new KafkaException("in an error state", new TransactionalIdAuthorizationException("no")));
        assertThatThrownBy(() -> complete(10, "a")).isInstanceOf(KafkaException.class);
        assertThat(failure.join()).hasRootCauseInstanceOf(TransactionalIdAuthorizationException.class);
        assertThat(answers()).isEmpty();
    }

    private void start(long... offsets) {
        begin(offsets);
        deliveries.start(failure::complete);
    }

    private void begin(long... offsets) {
        for (long offset : offsets) {
            work.progress().started(offset);
        }
        deliveries.memberIs(new MockConsumer<>("earliest").groupMetadata());
    }

    private void complete(long offset, String... answers) throws InterruptedException {
        deliveries.of(ZERO, offset, work).complete(records(answers));
    }

    private CompletableFuture<Void> completing(long offset, String... answers) {
        return CompletableFuture.runAsync(() -> {
            try {
                complete(offset, answers);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<String> answers() {
        return ledger.records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<ProducerRecord<byte[], byte[]>> records(String... values) {
        return Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>("answers", value.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
