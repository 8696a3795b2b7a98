package dev.selfheal.validation.command;

import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.command.JunitXml.Case;
import dev.selfheal.validation.command.JunitXml.Status;
import dev.selfheal.validation.sandbox.CommandJob;
import dev.selfheal.validation.sandbox.CommandOutcome;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Runs all tests of a project by its configured command, hidden canaries among them. Thread-safe. */
public final class CommandSuite {

    /** The one result of a command that reports nothing but its exit code. */
    public static final String WHOLE = "command#exit code";

    private static final String REPORT = "{report}";
    private static final String TESTS = "{tests}";

    private final Sandbox sandbox;
    private final Random random = new SecureRandom();

    public CommandSuite(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** What a run came to. */
    public sealed interface Result {

        /** Every canary came out as it must; the cases are the project's, by id. */
        record Ran(Map<String, Case> cases) implements Result {}

        /** It proves nothing. */
        record Stopped(Containment containment) implements Result {}
    }

    /**
     * @param changed files that replace those of the base: path from the repository's root to content
     */
    public Result run(Baseline baseline, SourceRepository source, Map<String, byte[]> changed, Duration timeout)
            throws InterruptedException {
        CommandBuild build = source.getCommand().orElseThrow();
        TestPaths paths = new TestPaths(build.getTests());
        List<String> tests = baseline.tree().files().keySet().stream()
                .filter(paths::isTest)
                .sorted()
                .toList();
        CommandCanaries canaries = CommandCanaries.plant(build.getRunner(), tests, random);
        Map<String, byte[]> files = new HashMap<>(changed);
        files.putAll(canaries.files());
        CommandOutcome outcome = sandbox.command(new CommandJob(
                baseline.root(),
                files,
                source.getSubdirectory(),
                argv(build.getCommand(), source.getSubdirectory(), canaries.around(tests)),
                build.getTools().stream().map(Path::of).toList(),
                timeout));
        if (outcome instanceof CommandOutcome.Stopped stopped) {
            return new Result.Stopped(stopped.containment());
        }
        return judge(build, (CommandOutcome.Ended) outcome, canaries);
    }

    private static Result judge(CommandBuild build, CommandOutcome.Ended ended, CommandCanaries canaries) {
        if (!reports(build)) {
            Status status = ended.exitCode() == 0 ? Status.PASSED : Status.FAILED;
            return new Result.Ran(Map.of(WHOLE, new Case(WHOLE, WHOLE, status, "exit code " + ended.exitCode())));
        }
        try {
            ByteBuffer report = ended.report();
            byte[] bytes = new byte[report.remaining()];
            report.get(bytes);
            Map<String, Case> cases = new LinkedHashMap<>(JunitXml.read(new ByteArrayInputStream(bytes)));
            Optional<String> lie = canaries.lie(cases);
            if (lie.isPresent()) {
                return new Result.Stopped(new Containment(Kind.FORGED, lie.get()));
            }
            cases.values().removeIf(canaries::isCanary);
            return new Result.Ran(cases);
        } catch (IOException e) {
            return new Result.Stopped(new Containment(
                    Kind.DIED,
                    "ended with exit code " + ended.exitCode() + " and left " + e.getMessage() + "; it printed last: "
                            + ended.printed()));
        }
    }

    /** True when the command tells its tests apart; else only its exit code is known. */
    public static boolean reports(CommandBuild build) {
        return build.getCommand().stream().anyMatch(argument -> argument.contains(REPORT));
    }

    private static List<String> argv(List<String> command, String subdirectory, List<String> tests) {
        List<String> argv = new ArrayList<>();
        Path directory = Path.of(subdirectory);
        for (String argument : command) {
            if (argument.equals(TESTS)) {
                tests.forEach(
                        test -> argv.add(directory.relativize(Path.of(test)).toString()));
            } else {
                argv.add(argument.replace(REPORT, CommandJob.REPORT));
            }
        }
        return argv;
    }
}
