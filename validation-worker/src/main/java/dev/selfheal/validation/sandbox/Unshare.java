package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.runner.ProbeOrder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * util-linux instead of bubblewrap: the same namespaces, mounts and limits, put up by a shell script. There is no
 * program in util-linux that loads a seccomp filter, so system calls are not filtered: code inside can start processes
 * (up to a limit that does not bind root) and use socket families that namespaces do not cover (AF_VSOCK).
 */
final class Unshare implements Jail {

    private static final String SCRIPT = "unshare.sh";
    private static final List<String> NEEDED = List.of("unshare", "setpriv", "mount", "umount", "pivot_root");

    private final String script;
    private final Path root;
    private final Path hosts;
    private final HostPaths host;

    private Unshare(String script, Path root, Path hosts, HostPaths host) {
        this.script = script;
        this.root = root;
        this.hosts = hosts;
        this.host = host;
    }

    /**
     * Prepares the files it needs in the state directory.
     *
     * @throws IOException also when a program of util-linux is missing
     */
    static Unshare prepare(Path javaHome, Path state) throws IOException {
        for (String tool : NEEDED) {
            if (Tools.find(tool).isEmpty()) {
                throw new IOException(tool + " is not installed");
            }
        }
        try (InputStream resource = Unshare.class.getResourceAsStream(SCRIPT)) {
            if (resource == null) {
                throw new FileNotFoundException(SCRIPT);
            }
            return new Unshare(
                    new String(resource.readAllBytes(), StandardCharsets.UTF_8),
                    Files.createDirectory(state.resolve("root")),
                    Files.writeString(state.resolve("hosts"), HostPaths.HOSTS),
                    HostPaths.of(javaHome));
        }
    }

    @Override
    public Isolation isolation() {
        return Isolation.UNSHARE;
    }

    @Override
    public String detail() {
        return "unshare, rlimits, sized tmpfs; no seccomp: processes and AF_VSOCK are not prevented";
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.OWN_ROOT;
    }

    @Override
    public List<String> tolerated() {
        return List.of(ProbeOrder.FORK);
    }

    @Override
    public List<String> command(Inmate inmate) {
        List<String> arguments = new ArrayList<>();
        // Twice, inside and out: the signal for a parent's death reaches the direct child only.
        arguments.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        arguments.addAll(
                List.of("unshare", "--map-root-user", "--mount", "--pid", "--net", "--ipc", "--uts", "--cgroup"));
        arguments.addAll(List.of("--fork", "--kill-child", "--propagation", "private", "--"));
        arguments.addAll(Shell.command(script, script(inmate)));
        String start = Shell.ANSWER_ON_3 + " && " + Shell.limits(inmate.limits())
                + " && PATH=/usr/sbin:/usr/bin:/sbin:/bin && exec \"$@\"";
        return Shell.command(start, arguments);
    }

    private List<String> script(Inmate inmate) {
        Limits limits = inmate.limits();
        List<String> arguments = new ArrayList<>(List.of(
                root.toString(),
                inmate.workingDirectory().toString(),
                surroundings().home().toString(),
                surroundings().temporary().toString(),
                Integer.toString(limits.temporaryMiB()),
                Integer.toString(limits.processes()),
                "--"));
        host.libraryLinks().forEach((link, target) -> arguments.addAll(List.of(link.toString(), target.toString())));
        arguments.add("--");
        host.libraries().forEach(folder -> bind(arguments, folder, folder));
        host.jdk().forEach((place, source) -> bind(arguments, source, place));
        bind(arguments, hosts, Path.of("/etc/hosts"));
        inmate.readOnly().forEach(path -> bind(arguments, path, path));
        arguments.add("--");
        arguments.addAll(inmate.argv());
        return arguments;
    }

    private static void bind(List<String> arguments, Path source, Path place) {
        arguments.addAll(List.of(source.toString(), place.toString()));
    }
}
