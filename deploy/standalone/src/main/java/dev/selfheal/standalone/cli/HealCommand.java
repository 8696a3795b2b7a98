package dev.selfheal.standalone.cli;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.sarif.CheckedPatch;
import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.grouping.ErrorText;
import dev.selfheal.standalone.heal.HealingSession;
import dev.selfheal.standalone.heal.HealingTask;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.standalone.policy.PolicyFile;
import dev.selfheal.standalone.report.HealingReport;
import dev.selfheal.standalone.report.SarifFile;
import dev.selfheal.standalone.repository.LocalRepository;
import dev.selfheal.standalone.repository.PatchBranch;
import dev.selfheal.standalone.stack.InAppPackages;
import dev.selfheal.standalone.stack.StackOptions;
import dev.selfheal.validation.baseline.SourceBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Heals a failure in the user's own repository, through the topics. */
@Command(
        name = "heal",
        description =
                "Heals a failing test or a reported stack trace in a git repository with a Maven or Gradle project.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:approved",
            "1:failure: what and what to do stands on standard error",
            "2:wrong usage",
            "3:timed out",
            "10:rejected, or every attempt used up",
            "11:needs review by a person",
            "12:abstained: nothing that a patch can mend"
        })
final class HealCommand implements Callable<Integer> {

    private static final Pattern TEST = Pattern.compile("[\\w$]+(\\.[\\w$]+)*#[\\w$]+");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    @Option(
            names = "--repo",
            required = true,
            paramLabel = "DIR",
            description = "The project's folder in its git repository.")
    private Path repo;

    @ArgGroup(multiplicity = "1")
    private Failure failure;

    /** What failed: exactly one of the two. */
    private static final class Failure {

        @Option(
                names = "--test",
                paramLabel = "CLASS#METHOD",
                description = "The failing test: fully qualified class, '#', method.")
        private String test;

        @Option(
                names = "--stacktrace",
                paramLabel = "FILE",
                description = "A file with the stack trace; without a test a patch can at best go to review.")
        private Path stackTrace;
    }

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service's name; the folder's name when missing.")
    private String service;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Who proposes: 'template', or a model route of --models. The policy's order when missing.")
    private String provider;

    @Option(names = "--models", paramLabel = "FILE", description = "Properties with model routes; see docs/models.md.")
    private Path models;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "JSON that overlays the default policy; see docs/policy.md.")
    private Path policy;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "From the error to the end: 90s, 5m, 1h. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON; see docs/heal.md.")
    private Path out;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write what the checks of the verdict found in SARIF 2.1.0; no file without a verdict.")
    private Path sarif;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "Write the key here that 'selfheal verify --key' needs; it is made for this run.")
    private Path publicKey;

    @Spec
    private CommandSpec spec;

    @Option(names = "--apply", description = "Commit an approved patch to a new branch; nothing else is touched.")
    private boolean apply;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (failure.test != null && !TEST.matcher(failure.test).matches()) {
            throw CommandFailure.usage("--test '" + failure.test + "': write 'package.Class#method'");
        }
        LocalRepository repository = repository();
        HealingPolicy inForce = policy(repository);
        Optional<String> stackTrace = stackTrace();
        checkWritable(out, "--out");
        checkWritable(sarif, "--sarif");
        checkWritable(publicKey, "--public-key");
        Terminal terminal = Terminal.standard();
        Timeline timeline = new Timeline(terminal);
        timeline.step("project", repository.root() + " at " + repository.head().substring(0, 10));
        if (repository.dirty()) {
            timeline.step(
                    Style.YELLOW, "note", "uncommitted changes are not part of this: healing starts from the commit");
        }
        HealingTask task =
                new HealingTask(inForce, repository.head(), Optional.ofNullable(failure.test), stackTrace, timeout);
        try (RunningStack running = RunningStack.start(options(repository))) {
            HealingSession.Result result = new HealRun(running, timeline, terminal).heal(task);
            return finish(result, running, repository, timeline);
        }
    }

    private Integer finish(
            HealingSession.Result result, RunningStack running, LocalRepository repository, Timeline timeline)
            throws CommandFailure {
        write(result, running, timeline);
        if (apply && result.outcome() == HealingOutcome.APPROVED) {
            timeline.step(
                    Style.GREEN, "applied", commit(result.history().verdict().orElseThrow(), repository));
        }
        if (result.outcome() != HealingOutcome.APPROVED) {
            spec.commandLine()
                    .getErr()
                    .println("selfheal: " + result.outcome() + ": "
                            + HealingReport.reason(result.outcome(), result.history()));
        }
        return ExitCode.of(result.outcome());
    }

    private void write(HealingSession.Result result, RunningStack running, Timeline timeline) throws CommandFailure {
        try {
            String key = Files.readString(running.data().publicKey());
            if (publicKey != null) {
                Files.writeString(publicKey, key);
            }
            if (out != null) {
                HealingReport.write(out, result.outcome(), result.history(), timeline.timings(), key);
            }
            Optional<PatchVerdict> verdict = result.history().verdict();
            if (sarif != null && verdict.isPresent()) {
                SarifFile.write(sarif, CheckedPatch.of(verdict.get()));
            }
        } catch (IOException e) {
            throw CommandFailure.failure("cannot write the result: " + e, e);
        }
    }

    private static String commit(PatchVerdict verdict, LocalRepository repository) throws CommandFailure {
        String branch = "selfheal/" + verdict.getCaseId();
        String message = "Heal " + verdict.getService() + ": "
                + verdict.getCandidate().map(c -> c.getExplanation()).orElse("") + "\n\nCase: " + verdict.getCaseId()
                + "\nVerdict: " + verdict.getVerdictId() + "\nPatch-sha256: " + verdict.getDiffSha256() + "\n";
        try {
            String commit = new PatchBranch(repository)
                    .commit(branch, verdict.getBaseCommit(), verdict.getDiff(), verdict.getTree(), message);
            return "branch " + branch + ", commit " + commit.substring(0, 10);
        } catch (IOException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    private LocalRepository repository() throws CommandFailure {
        try {
            LocalRepository repository = LocalRepository.at(repo);
            if (SourceBuild.in(repo).isEmpty()) {
                throw CommandFailure.failure(
                        repo + " has no pom.xml, settings.gradle or build.gradle: nothing tells how it is built");
            }
            return repository;
        } catch (IOException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    private HealingPolicy policy(LocalRepository repository) throws CommandFailure {
        String name = service == null ? repository.serviceName() : service;
        if (!SERVICE.matcher(name).matches()) {
            throw CommandFailure.usage(
                    "--service '" + name + "': use a-z, 0-9, '.', '_' and '-', at most 63 characters");
        }
        HealingPolicy defaults =
                LocalPolicy.of(name, repository.root(), repository.subdirectory(), Isolation.UNSHARE, Instant.now());
        HealingPolicy.Builder inForce;
        try {
            inForce = HealingPolicy.newBuilder(policy == null ? defaults : PolicyFile.read(policy, defaults));
        } catch (IOException e) {
            throw CommandFailure.usage("--policy: " + e.getMessage());
        }
        if (provider != null) {
            inForce.setProviders(List.of(provider));
        }
        return inForce.build();
    }

    private Optional<String> stackTrace() throws CommandFailure {
        if (failure.stackTrace == null) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(failure.stackTrace);
            ErrorText.check(text);
            return Optional.of(text);
        } catch (InvalidEventException e) {
            throw CommandFailure.failure(
                    failure.stackTrace + " holds no stack trace that can be read, as printStackTrace writes it: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw CommandFailure.failure("cannot read " + failure.stackTrace + ": is it there, and is it UTF-8?", e);
        }
    }

    /** Healing takes minutes: what would fail at its end is told before. Leaves nothing behind. */
    private static void checkWritable(Path file, String option) throws CommandFailure {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        // What is neither file nor folder is a device or a pipe, /dev/stdout for one.
        boolean special = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        if (!writable && !special) {
            throw CommandFailure.usage(
                    option + ": " + file + " cannot be written: it needs a folder that exists and may be written to");
        }
    }

    private StackOptions options(LocalRepository repository) throws CommandFailure {
        Optional<Path> routes = ServiceFiles.models(models);
        try {
            return StackOptions.standard()
                    .models(routes)
                    .inAppPackages(InAppPackages.of(repository.root().resolve(repository.subdirectory())))
                    .build();
        } catch (IOException e) {
            throw CommandFailure.failure("cannot read the sources below " + repository.root() + ": " + e, e);
        }
    }
}
