package dev.selfheal.bench.detection;

/** A control chart over errors per minute. */
interface Chart {

    /** Takes in one minute; true while it alarms. */
    boolean observe(double count);
}
