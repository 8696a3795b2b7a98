package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * All that happens to one consumed record: read it, handle it, answer it; or make it a dead letter.
 * Returns when one of the two is committed. A record that trips a bug in its handler becomes a dead letter
 * too: stopping would only meet the same record again after every restart. Thread-safe.
 */
final class MessageTask<T extends SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageTask.class);

    private final RecordForm<T> form;
    private final MessageHandler<T> handler;
    private final MessageWriter writer;
    private final int maxAttempts;
    private final Supplier<Backoff> backoffs;
    private final WorkerMeters meters;

    MessageTask(
            RecordForm<T> form,
            MessageHandler<T> handler,
            MessageWriter writer,
            int maxAttempts,
            Supplier<Backoff> backoffs,
            WorkerMeters meters) {
        this.form = form;
        this.handler = handler;
        this.writer = writer;
        this.maxAttempts = maxAttempts;
        this.backoffs = backoffs;
        this.meters = meters;
    }

    /**
     * @throws InterruptedException when told to stop; the record is not done
     * @throws RuntimeException on a fatal client error; the record is not done and the worker must stop
     */
    void run(ConsumerRecord<byte[], byte[]> record, Delivery delivery) throws InterruptedException {
        try {
            Envelope<T> message = read(record);
            MDC.put("case", message.correlationId().orElse(message.id()));
            work(message, record, delivery);
        } catch (HealingException e) {
            deadLetter(record, e, delivery);
        } finally {
            MDC.remove("case");
        }
    }

    private void work(Envelope<T> message, ConsumerRecord<byte[], byte[]> record, Delivery delivery)
            throws InterruptedException {
        try {
            answer(handle(message), delivery);
        } catch (HealingException e) {
            deadLetter(record, e, delivery);
            handler.deadLettered(message, e);
            return;
        }
        meters.processed();
        handler.answered(message);
    }

    private Envelope<T> read(ConsumerRecord<byte[], byte[]> record) throws HealingException, InterruptedException {
        if (record.value() == null) {
            throw new HealingException(ErrorCode.MALFORMED_RECORD, "a record without a value on " + record.topic());
        }
        try {
            T data = untilAvailable(
                    () -> form.deserializer().deserialize(record.topic(), record.headers(), record.value()));
            return EnvelopeHeaders.read(record, data);
        } catch (SerializationException e) {
            throw new HealingException(ErrorCode.MALFORMED_RECORD, e.getMessage(), e);
        }
    }

    private List<Outgoing<?>> handle(Envelope<T> message) throws HealingException, InterruptedException {
        Backoff backoff = backoffs.get();
        for (int attempt = 1; ; attempt++) {
            try {
                return handleOnce(message);
            } catch (RetriableException e) {
                if (attempt >= maxAttempts) {
                    throw new HealingException(
                            e.code(), "gave up after " + attempt + " attempts: " + e.getMessage(), e);
                }
                LOG.info("attempt {} of {} at {} failed: {}", attempt, maxAttempts, message.id(), e.getMessage());
                meters.retried();
                backoff.pause();
            }
        }
    }

    private List<Outgoing<?>> handleOnce(Envelope<T> message) throws HealingException, InterruptedException {
        Timer.Sample sample = meters.startHandling();
        try {
            return untilAvailable(() -> handler.handle(message));
        } catch (KafkaException e) {
            throw e; // says nothing about the record
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a bug in the handling of {}, please report this", message.id(), e);
            throw new HealingException(ErrorCode.INTERNAL, "a bug of ours: " + e, e);
        } finally {
            meters.endHandling(sample);
        }
    }

    private void answer(List<Outgoing<?>> answers, Delivery delivery) throws HealingException, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            for (Outgoing<?> answer : answers) {
                records.add(untilAvailable(() -> writer.write(answer)));
            }
            delivery.complete(records);
        } catch (SerializationException | RecordTooLargeException e) {
            throw new HealingException(ErrorCode.INTERNAL, "the answer cannot be published: " + e.getMessage(), e);
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record, HealingException cause, Delivery delivery)
            throws InterruptedException {
        LOG.warn("{} goes to {}.dlq: {}: {}", where(record), record.topic(), cause.code(), cause.getMessage());
        LOG.debug("cause of the dead letter", cause);
        bury(record, letter(record, cause), delivery);
        meters.deadLettered(record.topic(), cause.code());
    }

    /** What must not be shown is better left out than shown for a bug of ours. */
    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record, HealingException cause) {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(record, cause);
        if (letter.value() == null) {
            return letter;
        }
        try {
            return DeadLetters.withValue(letter, form.letter().apply(letter.value()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a bug: the dead letter of {} goes without its value", where(record), e);
            return DeadLetters.withoutValue(letter);
        }
    }

    /** The broker may allow less than we do: then a letter without its value is better than a worker that stops. */
    private static void bury(
            ConsumerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> letter, Delivery delivery)
            throws InterruptedException {
        try {
            delivery.complete(List.of(letter));
        } catch (RecordTooLargeException e) {
            LOG.warn("the dead letter of {} goes without its value: {}", where(record), e.getMessage());
            delivery.complete(List.of(DeadLetters.withoutValue(letter)));
        }
    }

    private <R, E extends Exception> R untilAvailable(Patiently.Step<R, E> step) throws E, InterruptedException {
        return Patiently.whileUnavailable(backoffs.get(), meters::waited, step);
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
