package dev.selfheal.ingest.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a spool, held by one process at a time. */
final class SpoolFolder implements AutoCloseable {

    private static final Pattern SEGMENT = Pattern.compile("(\\d{20})\\.spool");

    private final Path folder;
    private final Path quarantine;
    private Optional<FileChannel> lock = Optional.empty();

    /** Touches no file yet. */
    SpoolFolder(Path folder) {
        this.folder = folder;
        this.quarantine = folder.resolve("quarantine");
    }

    /**
     * Makes the folder where it is missing and keeps everybody else out.
     *
     * @throws IllegalStateException when another process, or another service of this one, holds the folder
     */
    void hold() throws IOException {
        Files.createDirectories(folder);
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(file)) {
            file.close();
            throw new IllegalStateException(
                    "the spool's folder " + folder + " is in use by another intake; give each its own spool.directory");
        }
        lock = Optional.of(file);
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // held until the channel is closed, or the process has ended
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Numbers of the segments that are there, oldest first. */
    List<Long> segments() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = SEGMENT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    numbers.add(Long.parseLong(name.group(1)));
                }
            }
        }
        return numbers.stream().sorted().toList();
    }

    Path segment(long number) {
        return folder.resolve("%020d.spool".formatted(number));
    }

    /** Makes the creation and deletion of files survive a loss of power. */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Keeps a whole file for people to look at. */
    Path quarantine(Path segment) throws IOException {
        Files.createDirectories(quarantine);
        Path target = quarantine.resolve(segment.getFileName());
        return Files.move(segment, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Keeps damaged bytes for people to look at.
     *
     * @return whether they are new here; a segment that is read twice shows its damage twice
     */
    boolean quarantine(Path target, ByteBuffer bytes) throws IOException {
        Files.createDirectories(quarantine);
        boolean isNew = !Files.exists(target);
        try (FileChannel out = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        return isNew;
    }

    Path quarantineFile(Path segment, String place) {
        return quarantine.resolve(segment.getFileName() + "-" + place);
    }

    @Override
    public void close() {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the spool's folder " + folder, e);
        }
    }
}
