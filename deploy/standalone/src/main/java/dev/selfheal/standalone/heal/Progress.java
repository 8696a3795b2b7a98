package dev.selfheal.standalone.heal;

import java.time.Duration;

/** Told what happens next. Thread-safe. */
public interface Progress {

    /** A step, in a few words. */
    void step(String kind, String text);

    /** How long a part took. */
    void took(String part, Duration time);
}
