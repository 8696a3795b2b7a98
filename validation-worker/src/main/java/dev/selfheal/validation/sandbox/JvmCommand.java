package dev.selfheal.validation.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a sandboxed JVM: small, quick to start, and within the address-space limit. */
record JvmCommand(Path javaHome, RunnerBundle bundle, Surroundings surroundings) {

    private static final List<String> TRIMMED = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            // Mockito's inline mocks attach to their own JVM; without this they would start a second process.
            "-Djdk.attach.allowAttachSelf=true",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Duser.name=sandbox");

    /**
     * @param task what the runner is to do: {@code test}, {@code compile}, {@code probe}, {@code rehearse} or one of
     *     {@link TaskJob}, and for what
     * @param options added last, so that they win
     */
    List<String> argv(List<String> task, Limits limits, List<String> options) {
        List<String> argv = new ArrayList<>();
        argv.add(javaHome.resolve("bin/java").toString());
        argv.addAll(TRIMMED);
        argv.add("-Xmx" + limits.heapMiB() + "m");
        argv.add("-Duser.home=" + surroundings.home());
        argv.add("-Djava.io.tmpdir=" + surroundings.temporary());
        argv.addAll(RunnerBundle.jvmOptions(task));
        argv.addAll(options);
        argv.add("-cp");
        argv.add(bundle.classpath(task).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        argv.add("dev.selfheal.validation.sandbox.runner.RunnerMain");
        argv.addAll(task);
        return argv;
    }
}
