package dev.selfheal.ingest.publish;

import java.time.Duration;

/** What became of one event. */
public sealed interface Receipt {

    /** Stored for good: on every in-sync replica, or on this disk until it is. */
    record Accepted(String eventId, String group) implements Receipt {}

    /** Larger than the brokers take; trying again cannot help. */
    record TooLarge() implements Receipt {}

    /**
     * Neither Kafka nor the disk took it in time: it may or may not be stored. The same event id makes a repetition
     * harmless.
     *
     * @param retryAfter how long the sender should wait
     */
    record Overloaded(Duration retryAfter) implements Receipt {}
}
