package dev.selfheal.validation.sandbox;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An order for one of the runner's tasks.
 *
 * @param task {@code mutants}, {@code observe}, {@code cover}, {@code replay}, {@code analyse} or {@code lint}
 * @param practice what the task practises with before it has the order: javac's options, where it compiles
 * @param order as the task encodes it
 * @param readable what it mentions; mounted read-only
 * @param workingDirectory one of these or the root
 */
public record TaskJob(
        String task, List<String> practice, Order order, List<Path> readable, Path workingDirectory, Duration timeout) {

    /** Those that run a compiler: its options decide what it reads. */
    private static final Set<String> COMPILING = Set.of("mutants", "analyse");

    /** What a task practises with in a project that is compiled with these options. */
    public static List<String> practice(String task, List<String> javacOptions) {
        return COMPILING.contains(task) ? javacOptions : List.of();
    }

    /** Bytes that are compared by what they hold. */
    public record Order(ByteBuffer bytes) {

        public static Order of(byte[] bytes) {
            return new Order(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
        }

        public byte[] toArray() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }

    public TaskJob {
        practice = List.copyOf(practice);
        readable = List.copyOf(readable);
    }
}
