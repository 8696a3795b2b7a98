package dev.selfheal.ingest.publish;

/** What became of one event. */
public sealed interface Receipt {

    /** Stored on every in-sync replica. */
    record Accepted(String eventId, String group) implements Receipt {}

    /** Larger than the brokers take; trying again cannot help. */
    record TooLarge() implements Receipt {}

    /** Not acknowledged in time: it may or may not be stored. The same event id makes a repetition harmless. */
    record Unacknowledged() implements Receipt {}
}
