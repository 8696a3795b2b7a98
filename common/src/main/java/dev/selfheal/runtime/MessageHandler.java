package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.HealingException;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The work on one message. May block; runs on a worker thread; may be called again for the same message after a crash
 * (at-least-once), so its answers carry what a consumer needs to recognise a duplicate.
 */
@FunctionalInterface
public interface MessageHandler<T extends SpecificRecord> {

    /** The messages to publish. They are acknowledged by the broker before the input's offset is committed. */
    List<Outgoing<?>> handle(Envelope<T> message) throws HealingException, InterruptedException;

    /**
     * Told on the worker's thread when a message's answers are committed: what is counted here is what readers of committed
     * records see, but for a crash in between.
     */
    default void answered(Envelope<T> message) {}

    /** Told likewise when the message's dead letter is committed instead. */
    default void deadLettered(Envelope<T> message, HealingException why) {}
}
