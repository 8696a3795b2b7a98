package dev.selfheal.analysis.timer;

import java.time.Instant;

/**
 * The time of a task: that of its newest record, and while no record comes, wall time passes on from there. So a replay
 * sees the deadlines it saw the first time, and a silent system still notices a lost worker. Not thread-safe.
 */
public final class StreamClock {

    private long streamTime = Long.MIN_VALUE;
    private long advancedAt;

    /**
     * Takes in where the stream is.
     *
     * @param taskStreamTime milliseconds; negative before the first record
     * @param wallTime milliseconds
     */
    public void observe(long taskStreamTime, long wallTime) {
        if (taskStreamTime >= 0 && taskStreamTime > streamTime) {
            streamTime = taskStreamTime;
            advancedAt = wallTime;
        }
    }

    /** False before the first record: then nothing can be due. */
    public boolean isRunning() {
        return streamTime != Long.MIN_VALUE;
    }

    /** Time of the newest record. */
    public Instant streamTime() {
        return Instant.ofEpochMilli(streamTime);
    }

    /** Stream time and the wall time since it last advanced. */
    public Instant now(long wallTime) {
        return Instant.ofEpochMilli(streamTime + Math.max(0, wallTime - advancedAt));
    }
}
