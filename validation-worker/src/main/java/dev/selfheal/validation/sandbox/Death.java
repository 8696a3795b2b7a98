package dev.selfheal.validation.sandbox;

import java.util.List;

/** Reads the signs of a process that ended before it reported. */
final class Death {

    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;

    /** unshare(1) fails to pass SIGKILL of its child on, says this, and exits with 1. */
    private static final String UNSHARE_CHILD_KILLED = "sigprocmask unblock failed";

    /** What HotSpot prints when memory, native memory or threads run out. */
    private static final List<String> OUT_OF_RESOURCES = List.of(
            UNSHARE_CHILD_KILLED,
            "OutOfMemoryError",
            "insufficient memory",
            "unable to create native thread",
            "Cannot allocate memory");

    private Death() {}

    static boolean isLimit(int exitCode, Console console) {
        return console.isFlooded()
                || exitCode == SIGNALLED + SIGKILL
                || exitCode == SIGNALLED + SIGXCPU
                || OUT_OF_RESOURCES.stream().anyMatch(console.tail()::contains);
    }

    static String describe(int exitCode, Console console) {
        if (console.isFlooded()) {
            return "printed more than it may";
        }
        String what = switch (exitCode) {
            case SIGNALLED + SIGKILL, SIGNALLED + SIGXCPU -> "killed by the kernel: CPU time or memory";
            default -> "ended with exit code " + exitCode + " before it reported";
        };
        return console.tail().isEmpty() ? what : what + "; it printed last: " + console.tail();
    }
}
