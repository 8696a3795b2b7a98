package dev.selfheal.validation.check;

import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.TaskJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Orders about one module: its test class path and its folder can be read. */
final class TaskJobs {

    private TaskJobs() {}

    /** Writes an order down. */
    @FunctionalInterface
    interface Encoder {

        byte[] encode() throws IOException;
    }

    /**
     * @param besides more that can be read
     */
    static TaskJob of(String task, Encoder order, ProjectModule module, Duration timeout, Path... besides) {
        List<Path> readable = new ArrayList<>(module.expectedWork().readable());
        readable.addAll(List.of(besides));
        try {
            List<String> practice = TaskJob.practice(task, module.javacOptions());
            return new TaskJob(task, practice, TaskJob.Order.of(order.encode()), readable, module.directory(), timeout);
        } catch (IOException e) {
            throw new UncheckedIOException("an order could not be written to memory", e);
        }
    }
}
