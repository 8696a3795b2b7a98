package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process with all that came from it. */
final class ProcessTree {

    private static final long DEATH_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** {@code ProcessHandle.onExit} of a grandchild polls too, but up to seconds apart. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private ProcessTree() {}

    /**
     * Kills the tree and returns when it is gone.
     *
     * @throws IllegalStateException when the kernel still holds a member after 5 s
     */
    static void kill(ProcessHandle root) {
        List<ProcessHandle> tree = new ArrayList<>(root.descendants().toList());
        tree.add(root);
        tree.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + DEATH_NANOS;
        while (root.isAlive() || tree.stream().anyMatch(ProcessTree::runs)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("processes do not die: " + tree);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The root is our child and collected at once. A dead orphan stays in the process table until init collects it, which some take seconds to do. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && !isZombie(Path.of("/proc", Long.toString(process.pid()), "stat"));
    }

    /** Field 3 of proc(5) stat, after the program's name in parentheses; no such file means no such process. */
    private static boolean isZombie(Path stat) {
        try {
            String fields = Files.readString(stat);
            return fields.startsWith(") Z", fields.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }
}
