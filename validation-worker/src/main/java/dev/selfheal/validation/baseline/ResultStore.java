package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one baseline's behaviour, a file for each answer, beside the baseline and out of every sandbox's sight.
 * Workers share it; whoever writes last wins, and a reader sees whole files only. It is a memory and no more: what cannot be
 * read or written is found out again. Thread-safe.
 */
final class ResultStore {

    private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);

    /** Bytes of all answers about one baseline; then nothing more is remembered on disk. */
    static final long BOUND = 64L << 20;

    private final Optional<Path> folder;
    private final AtomicLong size;

    private ResultStore(Optional<Path> folder, long size) {
        this.folder = folder;
        this.size = new AtomicLong(size);
    }

    /** Remembers nothing. */
    static ResultStore none() {
        return new ResultStore(Optional.empty(), 0);
    }

    /**
     * @param folder may be missing
     */
    static ResultStore in(Path folder) throws IOException {
        Files.createDirectories(folder);
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += file.toFile().length(); // 0 for a draft that another worker has just made a whole file of
            }
        }
        return new ResultStore(Optional.of(folder), size);
    }

    /** Empty for what was never written, or is gone. */
    Optional<byte[]> read(byte[] question) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(question);
        try {
            return whole(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("what {} holds is found out again: {}", file, e.toString());
            return Optional.empty();
        }
    }

    void write(byte[] question, byte[] answer) {
        if (folder.isEmpty() || size.get() + answer.length > BOUND) {
            return;
        }
        Path file = file(question);
        try {
            Path draft = Files.createTempFile(folder.get(), "draft", "");
            try {
                Files.write(draft, sealed(answer));
                size.addAndGet(answer.length - file.toFile().length());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.warn("{} is not remembered: {}", file, e.toString());
        }
    }

    /** The answer behind its digest: after a loss of power a file may be there, and what was written to it not. */
    private static byte[] sealed(byte[] answer) {
        byte[] digest = digest(answer);
        byte[] sealed = Arrays.copyOf(digest, digest.length + answer.length);
        System.arraycopy(answer, 0, sealed, digest.length, answer.length);
        return sealed;
    }

    private static Optional<byte[]> whole(byte[] sealed) {
        int digest = digest(new byte[0]).length;
        if (sealed.length < digest) {
            return Optional.empty();
        }
        byte[] answer = Arrays.copyOfRange(sealed, digest, sealed.length);
        return Arrays.equals(digest(answer), Arrays.copyOf(sealed, digest)) ? Optional.of(answer) : Optional.empty();
    }

    private Path file(byte[] question) {
        return folder.orElseThrow().resolve(hash(question));
    }

    private static String hash(byte[] question) {
        return HexFormat.of().formatHex(digest(question), 0, 16);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The bytes of a question: its parts, told apart. */
    static byte[] question(String... parts) {
        return String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    }
}
