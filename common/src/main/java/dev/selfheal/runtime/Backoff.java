package dev.selfheal.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The waits of one series of tries. Not thread-safe; one per series. */
public final class Backoff {

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private final Pauser pauser;
    private Duration last;

    public Backoff(RetryPolicy policy, RandomGenerator random, Pauser pauser) {
        this.policy = policy;
        this.random = random;
        this.pauser = pauser;
        this.last = policy.shortest();
    }

    public void pause() throws InterruptedException {
        last = policy.next(last, random);
        pauser.pause(last);
    }
}
