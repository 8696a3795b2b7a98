package dev.selfheal.analysis.deadletter;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells an outage of something we need from a fault of the record at hand. */
public final class Outages {

    private Outages() {}

    /** True when trying again can help: the record must be kept. */
    public static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A thread that is told to stop says nothing about its record either.
            if (cause instanceof RetriableException || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }
}
