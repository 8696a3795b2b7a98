package dev.selfheal.ingest.spool;

import java.nio.file.Path;

/** Told of what an operator has to know. */
@FunctionalInterface
public interface SpoolListener {

    /**
     * Something was moved aside: damage found where entries were stored, or an entry that cannot be used.
     *
     * @param file what has it now
     */
    void quarantined(Path file, long bytes);
}
