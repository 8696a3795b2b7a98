package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How untrusted code is run.
 *
 * @param forced use this isolation or none; empty takes the strongest that works
 * @param minimum refuse to open below this
 * @param javaHome the JDK (not JRE) that compiles and tests; mounted read-only
 * @param stateDirectory where the sandbox keeps its few files while open
 * @param warmJvms how many pre-warmed JVMs wait for tests of a base, and as many to compile for it; 0 starts each one cold
 * @param limits of each sandboxed JVM
 * @param jvmOptions added to the test JVM's own, such as {@code --add-opens}
 * @param archives where class data of the JVMs is kept over starts, which makes them start quicker; empty for nowhere
 * @param containerCommand {@code docker} or {@code podman}, for isolation by container
 */
public record SandboxConfig(
        Optional<Isolation> forced,
        Isolation minimum,
        Path javaHome,
        Path stateDirectory,
        int warmJvms,
        Limits limits,
        List<String> jvmOptions,
        Optional<Path> archives,
        String containerCommand) {

    public SandboxConfig {
        jvmOptions = List.copyOf(jvmOptions);
        if (warmJvms < 0) {
            throw new IllegalArgumentException("warmJvms must not be negative: " + warmJvms);
        }
    }

    /** The strongest isolation that works, this JVM's JDK, two warm JVMs, files in the temporary directory. */
    public static SandboxConfig defaults() {
        return new SandboxConfig(
                Optional.empty(),
                Isolation.PROCESS,
                Path.of(System.getProperty("java.home")),
                Path.of(System.getProperty("java.io.tmpdir")),
                2,
                Limits.defaults(),
                List.of(),
                Optional.empty(),
                "docker");
    }

    public SandboxConfig withForced(Isolation isolation) {
        return new SandboxConfig(
                Optional.of(isolation),
                minimum,
                javaHome,
                stateDirectory,
                warmJvms,
                limits,
                jvmOptions,
                archives,
                containerCommand);
    }

    public SandboxConfig withMinimum(Isolation isolation) {
        return new SandboxConfig(
                forced, isolation, javaHome, stateDirectory, warmJvms, limits, jvmOptions, archives, containerCommand);
    }

    public SandboxConfig withJavaHome(Path home) {
        return new SandboxConfig(
                forced, minimum, home, stateDirectory, warmJvms, limits, jvmOptions, archives, containerCommand);
    }

    public SandboxConfig withStateDirectory(Path directory) {
        return new SandboxConfig(
                forced, minimum, javaHome, directory, warmJvms, limits, jvmOptions, archives, containerCommand);
    }

    public SandboxConfig withWarmJvms(int count) {
        return new SandboxConfig(
                forced, minimum, javaHome, stateDirectory, count, limits, jvmOptions, archives, containerCommand);
    }

    public SandboxConfig withLimits(Limits other) {
        return new SandboxConfig(
                forced, minimum, javaHome, stateDirectory, warmJvms, other, jvmOptions, archives, containerCommand);
    }

    public SandboxConfig withJvmOptions(List<String> options) {
        return new SandboxConfig(
                forced, minimum, javaHome, stateDirectory, warmJvms, limits, options, archives, containerCommand);
    }

    public SandboxConfig withArchives(Path folder) {
        return new SandboxConfig(
                forced,
                minimum,
                javaHome,
                stateDirectory,
                warmJvms,
                limits,
                jvmOptions,
                Optional.of(folder),
                containerCommand);
    }

    public SandboxConfig withContainerCommand(String command) {
        return new SandboxConfig(
                forced, minimum, javaHome, stateDirectory, warmJvms, limits, jvmOptions, archives, command);
    }
}
