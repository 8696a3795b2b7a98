package dev.selfheal.standalone.cli;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.standalone.cli.Terminal.Style;
import dev.selfheal.standalone.corpus.CaseMaterialiser;
import dev.selfheal.standalone.corpus.Corpus;
import dev.selfheal.standalone.corpus.CorpusCase;
import dev.selfheal.standalone.corpus.MaterialisationException;
import dev.selfheal.standalone.corpus.MaterialisedCase;
import dev.selfheal.standalone.heal.CannotHealException;
import dev.selfheal.standalone.heal.HealingSession;
import dev.selfheal.standalone.heal.HealingTask;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.standalone.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Heals a real bug of a released library, live. */
@Command(
        name = "demo",
        description = "Fetches a released library with a known bug, lets it fail and heals it, live.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the bug was healed by what just ran", "1:failure", "3, 10, 11, 12:not healed, as in 'heal'"})
final class DemoCommand implements Callable<Integer> {

    private static final String FIRST_CASE = "validator-1.5.1-1";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int PACKAGE_DEPTH = 4;

    @Option(
            names = "--case",
            paramLabel = "ID",
            defaultValue = FIRST_CASE,
            description = "Which bug; see --list. Default: ${DEFAULT-VALUE}.")
    private String id;

    @Option(names = "--list", description = "List the bugs and end.")
    private boolean list;

    @Option(names = "--keep", description = "Leave the stack running at the end, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "Lay the project out in DIR, print its failing test and end: something to try 'heal' on.")
    private Path project;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Terminal terminal = Terminal.standard();
        Corpus corpus = Corpus.load();
        if (list) {
            corpus.cases().forEach(one -> terminal.line(describe(one)));
            return ExitCode.OK;
        }
        CorpusCase bug = corpus.find(id)
                .orElseThrow(() -> CommandFailure.usage("there is no case '" + id + "': see selfheal demo --list"));
        terminal.line(terminal.paint(Style.BOLD, "selfheal demo") + "  " + describe(bug));
        Timeline timeline = new Timeline(terminal);
        if (project != null) {
            MaterialisedCase laidOut = materialise(bug, project, timeline);
            terminal.line("selfheal heal --repo " + laidOut.directory() + " --test '" + laidOut.testSelector() + "'");
            return ExitCode.OK;
        }
        StackOptions options = StackOptions.standard()
                .inAppPackages(List.of(rootPackage(bug)))
                .build();
        try (RunningStack running = RunningStack.start(options)) {
            MaterialisedCase buggy = materialise(bug, running.data().path().resolve("project"), timeline);
            HealingSession.Result result =
                    new HealRun(running, timeline, terminal).heal(task(bug, buggy, running, timeline));
            boolean verified = result.outcome() == HealingOutcome.APPROVED
                    && verify(result.history().verdict().orElseThrow(), running, timeline);
            summary(result, timeline);
            if (keep) {
                stay(running, buggy, timeline, terminal);
            }
            return result.outcome() == HealingOutcome.APPROVED && !verified
                    ? ExitCode.FAILURE
                    : ExitCode.of(result.outcome());
        }
    }

    private static MaterialisedCase materialise(CorpusCase bug, Path directory, Timeline timeline)
            throws CommandFailure, InterruptedException {
        timeline.step(
                "project",
                "fetching " + bug.artifactId() + " " + bug.buggyVersion() + " and the test of " + bug.fixedVersion()
                        + " from Maven");
        try {
            MaterialisedCase laidOut =
                    new CaseMaterialiser(CaseMaterialiser.defaultCache(), words -> {}).materialise(bug, directory);
            timeline.took("project", timeline.elapsed());
            return laidOut;
        } catch (MaterialisationException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
    }

    private static HealingTask task(CorpusCase bug, MaterialisedCase project, RunningStack running, Timeline timeline) {
        Isolation isolation = running.workbench().sandbox().isolation();
        Isolation minimum = isolation.compareTo(Isolation.UNSHARE) < 0 ? isolation : Isolation.UNSHARE;
        if (minimum != Isolation.UNSHARE) {
            timeline.step(
                    Style.YELLOW,
                    "note",
                    "this machine isolates by " + isolation + " alone; the demo accepts that, your policy should not");
        }
        HealingPolicy policy = LocalPolicy.of(bug.artifactId(), project.directory(), "", minimum, Instant.now());
        return new HealingTask(
                policy, project.commit(), Optional.of(project.testSelector()), Optional.empty(), TIMEOUT);
    }

    private static boolean verify(PatchVerdict verdict, RunningStack running, Timeline timeline)
            throws CommandFailure, InterruptedException {
        Path folder = running.data().path();
        try {
            Path attestation = Files.writeString(folder.resolve("attestation.json"), verdict.getAttestation());
            Path patch = Files.writeString(folder.resolve("patch.diff"), verdict.getDiff());
            SeparateVerifier.Answer answer =
                    SeparateVerifier.verify(attestation, running.data().publicKey(), patch, verdict.getBaseCommit());
            timeline.step(
                    answer.valid() ? Style.GREEN : Style.RED,
                    "verified",
                    "by a separate process from the attestation, the patch and the public key alone");
            answer.output().lines().forEach(timeline::detail);
            return answer.valid();
        } catch (IOException e) {
            throw CommandFailure.failure("the attestation cannot be verified: " + e.getMessage(), e);
        }
    }

    private static void summary(HealingSession.Result result, Timeline timeline) {
        String times = timeline.timings().entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT, "%s %.1f s", e.getKey(), e.getValue().toMillis() / 1000.0))
                .collect(Collectors.joining(", "));
        timeline.step(
                result.outcome() == HealingOutcome.APPROVED ? Style.GREEN : Style.YELLOW,
                "summary",
                (result.outcome() == HealingOutcome.APPROVED ? "healed" : "not healed") + " in "
                        + result.history().requests() + (result.history().requests() == 1 ? " attempt" : " attempts")
                        + " (" + times + ")");
    }

    private static void stay(RunningStack running, MaterialisedCase project, Timeline timeline, Terminal terminal)
            throws CommandFailure, InterruptedException {
        try {
            StackView.show(running.ready(), running.workbench(), timeline);
        } catch (CannotHealException e) {
            throw CommandFailure.failure(e.getMessage(), e);
        }
        timeline.detail("project   " + project.directory());
        terminal.line("Ctrl-C stops it.");
        new CountDownLatch(1).await();
    }

    private static String describe(CorpusCase bug) {
        return String.format(
                Locale.ROOT,
                "%-20s %s %s: %s in %s",
                bug.id(),
                bug.artifactId(),
                bug.buggyVersion(),
                bug.exceptionType().substring(bug.exceptionType().lastIndexOf('.') + 1),
                bug.testSelector());
    }

    private static String rootPackage(CorpusCase bug) {
        String[] parts = bug.testClass().split("\\.");
        return Arrays.stream(parts)
                .limit(Math.min(PACKAGE_DEPTH, parts.length - 1))
                .collect(Collectors.joining("."));
    }
}
