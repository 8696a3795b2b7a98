package dev.selfheal.analysis.deadletter;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/** Tells an outage of something we need from a fault of the record at hand. */
public final class Outages {

    private Outages() {}

    /** True when trying again can help: the record must be kept. */
    public static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A thread that is told to stop says nothing about its record either.
            if (cause instanceof RetriableException || cause instanceof InterruptException || isOfTheTask(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A full disk or a store that has moved away fails the task with whatever record is at hand. */
    private static boolean isOfTheTask(Throwable cause) {
        return cause instanceof ProcessorStateException
                || cause instanceof InvalidStateStoreException
                || cause instanceof TaskMigratedException
                || cause instanceof TaskCorruptedException;
    }
}
