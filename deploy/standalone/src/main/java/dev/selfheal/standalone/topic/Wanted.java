package dev.selfheal.standalone.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records of a topic are asked for.
 *
 * @param key of which alone; empty for all
 * @param max how many at most
 * @param patience how long to wait for records that are not there yet
 */
public record Wanted(From from, Optional<String> key, long max, Duration patience) {

    /** However many there are. */
    public static final long ALL = Long.MAX_VALUE;

    /** Where reading begins, and so where it ends. */
    public enum From {
        /** With the oldest record; ends with the newest that is there at the start. */
        BEGINNING,
        /** With as many before the end as are wanted, by their timestamps; ends with the newest that is there at the start. */
        NEWEST,
        /** With the first record that comes from now on. */
        LATEST
    }

    /** Whether so many are asked for and no more. */
    public boolean isBounded() {
        return max != ALL;
    }

    boolean includes(ConsumerRecord<byte[], byte[]> record) {
        return key.isEmpty() || Arrays.equals(key.get().getBytes(StandardCharsets.UTF_8), record.key());
    }
}
