package dev.selfheal.bench.validation;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.StackFrame;
import dev.selfheal.standalone.corpus.CaseMaterialiser;
import dev.selfheal.standalone.corpus.Corpus;
import dev.selfheal.standalone.corpus.MaterialisationException;
import dev.selfheal.standalone.corpus.MaterialisedCase;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.validation.Workbench;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A subject laid out, built, and seen to fail: what proposals are made about. */
final class Project {

    private static final Pattern FRAME = Pattern.compile("\\s+at (?:[^\\s(]*/)?([^\\s(]+)\\.([^\\s.(]+)\\(.*\\)");

    private final Subject subject;
    private final MaterialisedCase files;
    private final HealingPolicy policy;
    private final ErrorEvent error;

    private Project(Subject subject, MaterialisedCase files, HealingPolicy policy, ErrorEvent error) {
        this.subject = subject;
        this.files = files;
        this.policy = policy;
        this.error = error;
    }

    static Project prepare(Subject subject, Path folder, Workbench workbench)
            throws HealingException, MaterialisationException, InterruptedException {
        MaterialisedCase files = new CaseMaterialiser(CaseMaterialiser.defaultCache(), words -> {})
                .materialise(Corpus.load().find(subject.bug()).orElseThrow(), folder);
        HealingPolicy policy = LocalPolicy.of(subject.bug(), files.directory(), "", Isolation.PROCESS, Instant.now());
        String commit = workbench.sources().resolve(policy.getSource(), Optional.of(files.commit()));
        Baseline baseline = workbench.baselines().of(policy.getSource(), commit);
        Reproduction reproduction = Reproduction.newBuilder()
                .setSelector(files.testSelector())
                .setModule("")
                .build();
        Failure failure = ((Completed) workbench.probe().run(baseline, reproduction))
                .results().stream()
                        .flatMap(result -> result.failure().stream())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(files.testSelector() + " does not fail"));
        return new Project(subject, files, policy, error(subject, files, reproduction, failure));
    }

    private static ErrorEvent error(
            Subject subject, MaterialisedCase files, Reproduction reproduction, Failure failure) {
        List<StackFrame> frames = failure.stackTrace()
                .lines()
                .map(FRAME::matcher)
                .filter(Matcher::matches)
                .map(frame -> new StackFrame(frame.group(1), frame.group(2), null, 0, false))
                .toList();
        return ErrorEvent.newBuilder()
                .setEventId("event")
                .setGroup("v1:" + "0".repeat(32))
                .setService(subject.bug())
                .setCommit(files.commit())
                .setOccurredAt(Instant.now())
                .setReceivedAt(Instant.now())
                .setReproduction(reproduction)
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType(failure.exceptionType())
                        .setMessage(failure.message())
                        .setFrames(frames)
                        .build()))
                .build();
    }

    HealingPolicy policy() {
        return policy;
    }

    /** The same with these checks. */
    HealingPolicy policy(CheckPolicy checks) {
        return HealingPolicy.newBuilder(policy).setChecks(checks).build();
    }

    Path directory() {
        return files.directory();
    }

    String test() {
        return files.testSelector();
    }

    Subject subject() {
        return subject;
    }

    /** A proposal nobody has seen before. */
    PatchProposal proposal(int number) throws IOException {
        CandidatePatch patch = subject.patch(files.directory(), number);
        String id = subject.bug() + "-" + number;
        return PatchProposal.newBuilder()
                .setProposalId(id)
                .setCaseId("case-" + id)
                .setGroup(error.getGroup())
                .setService(subject.bug())
                .setAttempt(1)
                .setOutcome(ProposalOutcome.PROPOSED)
                .setProposedAt(Instant.now())
                .setBaseCommit(files.commit())
                .setEvent(error)
                .setCandidates(List.of(patch))
                .build();
    }
}
