package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A whole baseline in the store, as its marker tells.
 *
 * @param bytes of all its files when it was made
 * @param lastUse the marker's time of change
 */
record StoredBaseline(Path entry, long bytes, Instant lastUse) {

    /** Written last, removed first: a folder without it is not whole. */
    static final String READY = "READY";

    /** Empty when the folder is not whole, or no longer there. */
    static Optional<StoredBaseline> read(Path entry) throws IOException {
        Path marker = entry.resolve(READY);
        try {
            Properties marked = new Properties();
            try (Reader in = new StringReader(Files.readString(marker))) {
                marked.load(in);
            }
            long bytes = Long.parseLong(marked.getProperty("bytes", "0"));
            return Optional.of(new StoredBaseline(
                    entry, bytes, Files.getLastModifiedTime(marker).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(marker + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Declares the folder whole, at once: no reader ever sees half a marker. */
    static void mark(Path entry, String repository, String commit, Instant now) throws IOException {
        Properties marked = new Properties();
        marked.setProperty("repository", repository);
        marked.setProperty("commit", commit);
        marked.setProperty("bytes", Long.toString(sizeOf(entry)));
        StringWriter text = new StringWriter();
        marked.store(text, null);
        Path draft = Files.writeString(entry.resolve(READY + ".draft"), text.toString());
        Files.setLastModifiedTime(draft, FileTime.from(now));
        Files.move(draft, entry.resolve(READY), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long sizeOf(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
