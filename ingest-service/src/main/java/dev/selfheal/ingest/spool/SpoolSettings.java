package dev.selfheal.ingest.spool;

import java.nio.file.Path;

/**
 * @param folder of this spool alone; made when missing
 * @param maxBytes most that the spool takes of the disk, quarantined bytes excepted
 * @param segmentBytes size from which on a new segment file is begun; space is given back by whole segments
 */
public record SpoolSettings(Path folder, long maxBytes, long segmentBytes) {

    private static final long LARGEST_SEGMENT = 16L << 20;
    private static final int SEGMENTS = 16;

    public SpoolSettings {
        if (segmentBytes < 1 || maxBytes < segmentBytes) {
            throw new IllegalArgumentException(
                    "a spool of " + maxBytes + " bytes in segments of " + segmentBytes + " holds nothing");
        }
    }

    /** With segments that suit the bound. */
    public static SpoolSettings of(Path folder, long maxBytes) {
        return new SpoolSettings(folder, maxBytes, Math.min(LARGEST_SEGMENT, Math.max(1, maxBytes / SEGMENTS)));
    }
}
