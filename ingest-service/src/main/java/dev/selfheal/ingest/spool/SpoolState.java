package dev.selfheal.ingest.spool;

import java.time.Duration;

/**
 * @param bytes on disk and on their way there
 * @param backlog those of them that are not released; space is given back by whole segments only
 * @param age since the oldest segment was begun; zero when there is none
 */
public record SpoolState(long bytes, long backlog, Duration age) {

    public boolean isEmpty() {
        return bytes == 0;
    }
}
