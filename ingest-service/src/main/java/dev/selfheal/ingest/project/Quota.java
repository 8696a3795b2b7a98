package dev.selfheal.ingest.project;

/**
 * How many events a project may send.
 *
 * @param eventsPerMinute in the long run
 * @param burst at once, after a quiet time
 */
public record Quota(int eventsPerMinute, int burst) {

    public Quota {
        if (eventsPerMinute < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a quota of " + eventsPerMinute + " events a minute and a burst of " + burst + " lets nothing in");
        }
    }
}
