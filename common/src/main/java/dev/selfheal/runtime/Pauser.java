package dev.selfheal.runtime;

import java.time.Duration;

/** Waits. A seam, so that tests need not. */
@FunctionalInterface
public interface Pauser {

    void pause(Duration wait) throws InterruptedException;

    static Pauser sleeping() {
        return wait -> Thread.sleep(wait.toMillis());
    }
}
