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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a spool, held by one process at a time. Not final: tests have its disk fail. */
class SpoolFolder implements AutoCloseable {

    private static final Pattern SEGMENT = Pattern.compile("(\\d{20})\\.spool");
    /** Named after the segment that it was found in. */
    private static final Pattern SET_ASIDE = Pattern.compile("(\\d{20})\\.spool.*");

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
        return numbers(folder, SEGMENT);
    }

    /** Above all numbers that name a file here, set aside or not: what is set aside later gets a name of its own. */
    long nextNumber() throws IOException {
        List<Long> used = new ArrayList<>(segments());
        if (Files.isDirectory(quarantine)) {
            used.addAll(numbers(quarantine, SET_ASIDE));
        }
        return used.stream().mapToLong(number -> number + 1).max().orElse(0);
    }

    private static List<Long> numbers(Path folder, Pattern pattern) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = pattern.matcher(file.getFileName().toString());
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
        for (int other = 1; Files.exists(target); other++) {
            target = quarantine.resolve(segment.getFileName() + "." + other);
        }
        return Files.move(segment, target);
    }

    /**
     * Keeps bytes for people to look at, under the name or, where another file has it, the name with a number behind it.
     *
     * @param ignored how many bytes at the beginning may differ in a file that keeps them already
     * @return what keeps them; empty when one did already: a segment that is read twice shows its damage twice
     */
    Optional<Path> quarantine(Path name, ByteBuffer bytes, int ignored) throws IOException {
        Files.createDirectories(quarantine);
        Path target = name;
        for (int other = 1; Files.exists(target); other++) {
            if (keeps(target, bytes, ignored)) {
                return Optional.empty();
            }
            target = name.resolveSibling(name.getFileName() + "." + other);
        }
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        return Optional.of(target);
    }

    private static boolean keeps(Path file, ByteBuffer bytes, int ignored) throws IOException {
        if (Files.size(file) != bytes.remaining()) {
            return false;
        }
        byte[] kept = Files.readAllBytes(file);
        byte[] wanted = new byte[kept.length];
        bytes.duplicate().get(wanted);
        return Arrays.equals(kept, ignored, kept.length, wanted, ignored, wanted.length);
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
