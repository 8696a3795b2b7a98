package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.runner.ProbeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No isolation by the kernel: a separate process with an empty environment and the resource limits that the system's
 * shell can set. It can read and write whatever the worker's user can, and reach the network. For machines with nothing
 * better (macOS). Where the policy asks for more, {@code IsolationCheck} hands it nothing of a patch: only the unpatched
 * base ever runs here.
 */
final class PlainProcess implements Jail {

    private final Surroundings surroundings;

    private PlainProcess(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Makes its home and temporary folder in the state directory. */
    static PlainProcess prepare(Path state) throws IOException {
        return new PlainProcess(new Surroundings(
                Files.createDirectory(state.resolve("home")), Files.createDirectory(state.resolve("tmp"))));
    }

    @Override
    public Isolation isolation() {
        return Isolation.PROCESS;
    }

    @Override
    public String detail() {
        return "separate process with resource limits; files, network and processes of the host are in reach";
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<String> tolerated() {
        return ProbeOrder.ALL;
    }

    @Override
    public List<String> command(Inmate inmate) {
        // A limit the system does not know (ulimit -v on macOS) must not keep the rest from being set.
        String limits = Shell.limits(inmate.limits()).replace(" && ", " 2>/dev/null; ") + " 2>/dev/null";
        String script = Shell.ANSWER_ON_3 + "; " + limits + "; cd \"$1\" && shift && exec \"$@\"";
        List<String> arguments = new ArrayList<>();
        arguments.add(inmate.workingDirectory().toString());
        // The kernel kills the inmate when the worker dies, where the system has a program to ask it.
        Optional<List<String>> deathSignal = Tools.find("setpriv")
                .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL", "--no-new-privs", "--"));
        deathSignal.ifPresent(arguments::addAll);
        arguments.addAll(inmate.argv());
        return Shell.command(script, arguments);
    }
}
