package dev.selfheal.runtime;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits out outages of the broker and the schema registry: they say nothing about the record at hand. */
final class Patiently {

    private static final Logger LOG = LoggerFactory.getLogger(Patiently.class);

    private Patiently() {}

    /**
     * Tries until the step ends in something else than a retriable Kafka error, however long that takes.
     *
     * @throws InterruptedException when the thread is told to stop
     */
    static <R, E extends Exception> R whileUnavailable(Backoff backoff, Step<R, E> step)
            throws E, InterruptedException {
        return whileUnavailable(backoff, () -> {}, step);
    }

    /**
     * @param waiting called before each wait
     */
    static <R, E extends Exception> R whileUnavailable(Backoff backoff, Runnable waiting, Step<R, E> step)
            throws E, InterruptedException {
        while (true) {
            try {
                return step.run();
            } catch (RetriableException e) {
                LOG.warn("waiting for a dependency: {}", e.getMessage());
                waiting.run();
                backoff.pause();
            } catch (InterruptException e) {
                // Kafka's client has set the interrupt flag again; here it becomes the checked exception.
                Thread.interrupted();
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
        }
    }

    @FunctionalInterface
    interface Step<R, E extends Exception> {

        R run() throws E, InterruptedException;
    }
}
