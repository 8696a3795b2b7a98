package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A container of docker or podman for each process: no network, no capability, a root that consists of the read-only mounts and
 * two small tmpfs, the same seccomp rules as bubblewrap has, limits on memory and processes by cgroup. The image holds
 * nothing but links and is made here, so none is pulled: JDK and libraries are the host's, as in every other isolation.
 */
final class Container implements Jail {

    private static final String SECCOMP = "container-seccomp.json";
    private static final String SHELL = "/bin/sh";
    /** What an engine sets whatever it is told. */
    private static final String ENGINES_OWN = "unset PATH HOSTNAME";

    private static final Set<String> ENGINE_VARIABLES = Set.of(
            "PATH", "HOME", "XDG_RUNTIME_DIR", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "CONTAINER_HOST");

    /** Names of ours begin with it, followed by the worker's process id. */
    private static final String NAME =
            "selfheal-sandbox-" + ProcessHandle.current().pid() + "-";

    private static final AtomicLong NEXT = new AtomicLong();

    private final ContainerEngine engine;
    private final String image;
    private final Path seccomp;
    private final HostPaths host;
    private final String user;

    private Container(ContainerEngine engine, String image, Path seccomp, HostPaths host, String user) {
        this.engine = engine;
        this.image = image;
        this.seccomp = seccomp;
        this.host = host;
        this.user = user;
    }

    /**
     * Imports the image and ends containers that killed workers have left.
     *
     * @param program {@code docker} or {@code podman}
     * @throws IOException also when there is no such program, or no daemon answers it
     */
    static Container prepare(String program, Path javaHome, Path state) throws IOException, InterruptedException {
        ContainerEngine engine = ContainerEngine.find(program);
        engine.removeAbandoned();
        HostPaths host = HostPaths.of(javaHome);
        try (InputStream rules = Container.class.getResourceAsStream(SECCOMP)) {
            if (rules == null) {
                throw new FileNotFoundException(SECCOMP);
            }
            Path file = state.resolve(SECCOMP);
            Files.write(file, rules.readAllBytes());
            String image = engine.importImage(ImageArchive.of(host.libraryLinks()), state.resolve("image.tar"));
            return new Container(engine, image, file, host, user(engine, state));
        }
    }

    /** The worker's own user, who can read what is mounted. */
    private static String user(ContainerEngine engine, Path state) throws IOException, InterruptedException {
        return engine.isRootless()
                ? "0:0"
                : Files.getAttribute(state, "unix:uid") + ":" + Files.getAttribute(state, "unix:gid");
    }

    @Override
    public Isolation isolation() {
        return Isolation.CONTAINER;
    }

    @Override
    public String detail() {
        return engine.version() + ", seccomp, no capabilities, no network, read-only root, cgroup and rlimits";
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.OWN_ROOT;
    }

    @Override
    public List<String> tolerated() {
        return List.of();
    }

    @Override
    public List<String> command(Inmate inmate) {
        List<String> command = new ArrayList<>(List.of(engine.program(), "run", "--rm", "--interactive"));
        command.addAll(List.of("--name", NAME + NEXT.incrementAndGet()));
        command.addAll(isolationOptions(inmate.limits()));
        surroundings().environment().forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        mounts(inmate, command);
        command.addAll(List.of("--workdir", inmate.workingDirectory().toString(), "--entrypoint", SHELL, image));
        String script =
                ENGINES_OWN + " && " + Shell.ANSWER_ON_3 + " && " + Shell.limits(inmate.limits()) + " && exec \"$@\"";
        List<String> shell = Shell.command(script, inmate.argv());
        command.addAll(shell.subList(1, shell.size())); // the shell itself is the entry point
        return command;
    }

    /** What the engine's command line needs to find its engine; none of it reaches the inmate. */
    @Override
    public Map<String, String> commandEnvironment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().retainAll(ENGINE_VARIABLES);
        return environment;
    }

    /** Killing the command leaves the container: the engine has to end it. */
    @Override
    public void ended(List<String> command) throws IOException, InterruptedException {
        engine.remove(command.get(command.indexOf("--name") + 1));
    }

    private List<String> isolationOptions(Limits limits) {
        String memory = limits.addressSpaceMiB() + "m";
        String scratch = ":rw,exec,nosuid,nodev,mode=1777,size=" + limits.temporaryMiB() + "m";
        return List.of(
                "--pull=never",
                "--network=none",
                "--hostname=sandbox",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--security-opt=seccomp=" + seccomp,
                "--user=" + user,
                "--ipc=private",
                "--pids-limit=" + limits.processes(),
                "--memory=" + memory,
                "--memory-swap=" + memory,
                "--shm-size=16m",
                "--log-driver=none",
                "--tmpfs=" + surroundings().temporary() + scratch,
                "--tmpfs=" + surroundings().home() + scratch);
    }

    private void mounts(Inmate inmate, List<String> command) {
        host.libraries().forEach(folder -> bind(command, folder, folder));
        for (Map.Entry<Path, Path> mount : host.jdk().entrySet()) {
            bind(command, mount.getValue(), mount.getKey());
        }
        bind(command, Path.of(SHELL), Path.of(SHELL));
        inmate.readOnly().forEach(path -> bind(command, path, path));
    }

    private static void bind(List<String> command, Path source, Path place) {
        command.addAll(List.of("--mount", "type=bind,readonly,source=" + source + ",target=" + place));
    }
}
