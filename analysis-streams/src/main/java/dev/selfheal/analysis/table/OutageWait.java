package dev.selfheal.analysis.table;

import dev.selfheal.analysis.deadletter.Outages;
import dev.selfheal.runtime.Pauser;
import dev.selfheal.runtime.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits out an outage on the thread that meets it, for threads that Kafka Streams does not replace. Thread-safe. */
public final class OutageWait {

    private static final Logger LOG = LoggerFactory.getLogger(OutageWait.class);
    private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);

    private final RetryPolicy policy;
    private final Pauser pauser;

    /**
     * @param policy its waits; how often it would try is not asked, an outage lasts as long as it lasts
     */
    public OutageWait(RetryPolicy policy) {
        this(policy, Pauser.sleeping());
    }

    OutageWait(RetryPolicy policy, Pauser pauser) {
        this.policy = policy;
        this.pauser = pauser;
    }

    /**
     * Tries until the step ends in something else than an outage. Says so in the log at most once a minute.
     *
     * @param what is read, for the log
     * @throws InterruptException when the thread is told to stop; its flag is set again
     */
    public void during(String what, Runnable step) {
        Duration last = policy.shortest();
        Duration silent = BETWEEN_LOGS;
        while (true) {
            try {
                step.run();
                return;
            } catch (RuntimeException e) {
                if (!Outages.isOutage(e)) {
                    throw e;
                }
                if (silent.compareTo(BETWEEN_LOGS) >= 0) {
                    LOG.warn("{} waits for a dependency: {}", what, e.toString());
                    silent = Duration.ZERO;
                }
            }
            last = policy.next(last, ThreadLocalRandom.current());
            silent = silent.plus(last);
            pause(last);
        }
    }

    private void pause(Duration wait) {
        try {
            pauser.pause(wait);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag
        }
    }
}
