package dev.selfheal.validation.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * A POSIX shell as the first link of the chain: ProcessBuilder can neither set limits nor pass descriptors above 2.
 * Each link replaces the one before with {@code exec}, so one process id stays from shell to sandbox.
 */
final class Shell {

    /** Inside the process: 3 is the answer, 1 and 2 are what it prints. */
    static final String ANSWER_ON_3 = "exec 3>&1 1>&2";

    private Shell() {}

    /** The script gets the arguments as {@code "$@"}: no value is ever spliced into shell text. */
    static List<String> command(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sandbox"));
        command.addAll(arguments);
        return command;
    }

    /** Limits that every descendant inherits; units as POSIX has them (512-byte blocks) or as all shells agree. */
    static String limits(Limits limits) {
        return "ulimit -c 0 && ulimit -n " + limits.openFiles()
                + " && ulimit -f " + limits.fileMiB() * 2048L
                + " && ulimit -t " + limits.cpuSeconds()
                + " && ulimit -v " + limits.addressSpaceMiB() * 1024L;
    }
}
