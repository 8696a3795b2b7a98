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
 * bubblewrap: own user, mount, pid, network, ipc, uts and cgroup namespaces, no capabilities, a root that consists of
 * the read-only mounts and two small tmpfs, the seccomp filter on top, and death with the worker.
 */
final class Bubblewrap implements Jail {

    private static final int BYTES_PER_MIB = 1 << 20;
    private static final int SHARED_MEMORY_BYTES = 16 << 20;

    private final Path program;
    private final ToolVersion version;
    private final Optional<Path> filter;
    private final Path hosts;
    private final HostPaths host;

    private Bubblewrap(Path program, ToolVersion version, Optional<Path> filter, Path hosts, HostPaths host) {
        this.program = program;
        this.version = version;
        this.filter = filter;
        this.hosts = hosts;
        this.host = host;
    }

    /**
     * Prepares the files it needs in the state directory.
     *
     * @throws IOException also when bubblewrap is not installed
     */
    static Bubblewrap prepare(Path javaHome, Path state) throws IOException {
        Path program = Tools.find("bwrap").orElseThrow(() -> new IOException("bwrap is not installed"));
        Path hosts = Files.writeString(state.resolve("hosts"), HostPaths.HOSTS);
        Optional<byte[]> bytes = SeccompFilter.forArchitecture(System.getProperty("os.arch"));
        Path file = state.resolve("seccomp.bpf");
        Files.write(file, bytes.orElse(new byte[0]));
        return new Bubblewrap(program, ToolVersion.of(program), bytes.map(any -> file), hosts, HostPaths.of(javaHome));
    }

    @Override
    public Isolation isolation() {
        return Isolation.BUBBLEWRAP;
    }

    @Override
    public String detail() {
        String seccomp = filter.isPresent()
                ? "seccomp"
                : "no seccomp (no system-call numbers for " + System.getProperty("os.arch") + ")";
        String tmpfs = hasSizedTmpfs() ? "sized tmpfs" : "tmpfs without a size of its own (needs bubblewrap 0.7)";
        return "bubblewrap " + version + ", " + seccomp + ", rlimits, " + tmpfs;
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.OWN_ROOT;
    }

    @Override
    public List<String> tolerated() {
        return filter.isPresent() ? List.of() : List.of(ProbeOrder.FORK);
    }

    @Override
    public List<String> command(Inmate inmate) {
        List<String> arguments = new ArrayList<>();
        filter.ifPresent(file -> arguments.add(file.toString()));
        arguments.add(program.toString());
        arguments.addAll(isolationOptions());
        arguments.addAll(environment());
        arguments.addAll(mounts(inmate));
        arguments.addAll(List.of("--chdir", inmate.workingDirectory().toString()));
        filter.ifPresent(file -> arguments.addAll(List.of("--seccomp", "9")));
        arguments.add("--");
        arguments.addAll(inmate.argv());
        String openFilter = filter.isPresent() ? " && exec 9<\"$1\" && shift" : "";
        String script = Shell.ANSWER_ON_3 + " && " + Shell.limits(inmate.limits()) + openFilter + " && exec \"$@\"";
        return Shell.command(script, arguments);
    }

    private List<String> isolationOptions() {
        List<String> options = new ArrayList<>(List.of(
                "--unshare-all",
                "--unshare-user",
                "--die-with-parent",
                "--new-session",
                "--as-pid-1",
                "--hostname",
                "sandbox",
                "--uid",
                "65534",
                "--gid",
                "65534"));
        if (version.isAtLeast(0, 8)) {
            options.add("--disable-userns");
        }
        return options;
    }

    private List<String> environment() {
        List<String> options = new ArrayList<>(List.of("--clearenv"));
        surroundings().environment().forEach((name, value) -> options.addAll(List.of("--setenv", name, value)));
        return options;
    }

    /** Order matters: a later mount may lie inside an earlier one. */
    private List<String> mounts(Inmate inmate) {
        List<String> options = new ArrayList<>(List.of("--proc", "/proc", "--dev", "/dev"));
        tmpfs(options, SHARED_MEMORY_BYTES, "/dev/shm");
        long bytes = (long) inmate.limits().temporaryMiB() * BYTES_PER_MIB;
        tmpfs(options, bytes, surroundings().temporary().toString());
        tmpfs(options, bytes, surroundings().home().toString());
        host.libraryLinks()
                .forEach((link, target) -> options.addAll(List.of("--symlink", target.toString(), link.toString())));
        host.libraries().forEach(folder -> bind(options, folder, folder));
        host.jdk().forEach((place, source) -> bind(options, source, place));
        bind(options, hosts, Path.of("/etc/hosts"));
        inmate.readOnly().forEach(path -> bind(options, path, path));
        // A worker that is root owns /proc/sys inside too, and owners may write without any capability.
        options.addAll(List.of("--remount-ro", "/proc"));
        // What bubblewrap mounts there is a tmpfs without a size.
        options.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
        return options;
    }

    private void tmpfs(List<String> options, long bytes, String place) {
        if (hasSizedTmpfs()) {
            options.addAll(List.of("--size", Long.toString(bytes)));
        }
        options.addAll(List.of("--tmpfs", place));
    }

    private boolean hasSizedTmpfs() {
        return version.isAtLeast(0, 7);
    }

    private static void bind(List<String> options, Path source, Path place) {
        options.addAll(List.of("--ro-bind", source.toString(), place.toString()));
    }
}
