package dev.selfheal.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.PatchDigest;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.patch.template.TemplateProposer;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.runtime.RetryPolicy;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestHandlerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Topics TOPICS = new Topics("test.");
    private static final HealingPolicy POLICY = Shop.policy("url", "template");

    @TempDir
    private Path tree;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private Optional<HealingPolicy> policy = Optional.of(POLICY);
    private PatientCheckout.Source source = (repository, commit) -> {
        Path copy = tree.resolve("job");
        Shop.writeTo(copy);
        return new SourceCheckout.Tree(copy, "c".repeat(40));
    };

    private RequestHandler handler() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new RequestHandler(
                service -> policy,
                new PatientCheckout(
                        (repository, commit) -> source.open(repository, commit),
                        new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(10)),
                        pauses::add,
                        clock,
                        new Random(1)),
                new Providers(List.of(new TemplateProvider(new TemplateProposer(PatchDigest::of)))),
                TOPICS.patchProposals(),
                new PatchMeters(meters),
                clock);
    }

    private List<Outgoing<?>> handle(HealingRequest request) throws Exception {
        return handler().handle(message(request));
    }

    private static Envelope<HealingRequest> message(HealingRequest request) {
        return Envelope.first("/test", request.getCaseId(), NOW, request);
    }

    private PatchProposal answer(HealingRequest request) throws Exception {
        List<Outgoing<?>> sent = handle(request);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).topic()).isEqualTo(TOPICS.patchProposals());
        return (PatchProposal) sent.get(0).message().data();
    }

    private static HealingRequest request() {
        return Shop.request("case-1", NOW.plusSeconds(60));
    }

    @Test
    void shouldProposeAndAnswerTheRequest() throws Exception {
        Envelope<?> message = handle(request()).get(0).message();

        PatchProposal proposal = (PatchProposal) message.data();
        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.PROPOSED);
        assertThat(proposal.getCaseId()).isEqualTo("case-1");
        assertThat(proposal.getBaseCommit()).isEqualTo("c".repeat(40));
        assertThat(proposal.getSuspects().get(0).getLine()).isEqualTo(6);
        assertThat(message.correlationId()).hasValue("case-1");
        assertThat(message.causationId()).isPresent();
        assertThat(message.attempt()).isEqualTo(1);
    }

    @Test
    void shouldGiveARedeliveredRequestTheSameProposalIdAndAnotherAttemptAnother() throws Exception {
        HealingRequest second =
                HealingRequest.newBuilder(request()).setAttempt(2).build();

        String id = answer(request()).getProposalId();

        assertThat(answer(request()).getProposalId()).isEqualTo(id);
        assertThat(answer(second).getProposalId()).isNotEqualTo(id);
    }

    @Test
    void shouldLeaveOutWhatWasRefuted() throws Exception {
        List<String> first = answer(request()).getCandidates().stream()
                .map(c -> c.getPatchId())
                .toList();
        HealingRequest again = HealingRequest.newBuilder(request())
                .setAttempt(2)
                .setRefutedPatches(List.of(first.get(0)))
                .build();

        assertThat(answer(again).getCandidates())
                .extracting(candidate -> candidate.getPatchId())
                .doesNotContain(first.get(0));
    }

    @Test
    void shouldAnswerRequestThatComesLateWithAllItsTime() throws Exception {
        PatchProposal proposal = answer(Shop.request("late", NOW.minusSeconds(3600)));

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.PROPOSED);
        assertThat(proposal.getRequestedAt()).hasValue(NOW.minusSeconds(3660));
        assertThat(proposal.getVerdictDeadline()).hasValue(NOW.plusSeconds(60));
    }

    @Test
    void shouldDropRequestOnceALaterAttemptIsKnown() throws Exception {
        RequestHandler handler = handler();
        HealingRequest second =
                HealingRequest.newBuilder(request()).setAttempt(2).build();

        assertThat(handler.handle(message(second))).hasSize(1);
        assertThat(handler.handle(message(request()))).isEmpty();
        assertThat(handler.handle(message(second))).as("redelivered").hasSize(1);
        assertThat(meters.get("selfheal.patch.requests.expired").counter().count())
                .isEqualTo(1);
    }

    @Test
    void shouldTellWhoProposedForWhichFaultInWhichMode() throws Exception {
        Classification classification =
                Classification.newBuilder().setFaultClass(FaultClass.CODE).build();

        PatchProposal proposal = answer(HealingRequest.newBuilder(request())
                .setClassification(classification)
                .setMode(HealingMode.TEMPLATES_ONLY)
                .build());

        assertThat(proposal.getProvider()).isEqualTo("template");
        assertThat(proposal.getClassification()).hasValue(classification);
        assertThat(proposal.getMode()).isEqualTo(HealingMode.TEMPLATES_ONLY);
    }

    @Test
    void shouldFailWhenThereIsNoPolicy() throws Exception {
        policy = Optional.empty();

        PatchProposal proposal = answer(request());

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.FAILED);
        assertThat(proposal.getReason()).hasValue("NO_POLICY: no policy for service shop");
    }

    @Test
    void shouldFindNothingWhenNoFrameIsOfTheRepository() throws Exception {
        ErrorEvent foreign = ErrorEvent.newBuilder(Shop.error())
                .setExceptions(List.of(
                        ExceptionInfo.newBuilder(Shop.error().getExceptions().get(0))
                                .setFrames(List.of(Shop.frame("com.elsewhere.Other", "run", "Other.java", 1)))
                                .build()))
                .build();

        PatchProposal proposal =
                answer(HealingRequest.newBuilder(request()).setEvent(foreign).build());

        assertThat(proposal.getOutcome()).isEqualTo(ProposalOutcome.NOTHING_FOUND);
        assertThat(proposal.getReason())
                .hasValue("template: no frame of the error is in the repository's main sources");
    }

    @Test
    void shouldTryFetchingAgainBeforeItFails() throws Exception {
        List<Integer> tries = new ArrayList<>();
        source = (repository, commit) -> {
            tries.add(tries.size() + 1);
            throw new RetriableException(ErrorCode.SOURCE_UNAVAILABLE, "cannot fetch");
        };

        PatchProposal proposal = answer(request());

        assertThat(proposal.getReason()).hasValue("SOURCE_UNAVAILABLE: cannot fetch");
        assertThat(tries).hasSize(3);
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @Test
    void shouldNotTryAgainWhenTheCommitDoesNotExist() throws Exception {
        source = (repository, commit) -> {
            throw new HealingException(ErrorCode.SOURCE_UNAVAILABLE, "no such commit");
        };

        assertThat(answer(request()).getOutcome()).isEqualTo(ProposalOutcome.FAILED);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldNotWaitBeyondTheDeadlineOfTheRequest() throws Exception {
        source = (repository, commit) -> {
            throw new RetriableException(ErrorCode.SOURCE_UNAVAILABLE, "cannot fetch");
        };

        answer(HealingRequest.newBuilder(Shop.request("hurry", NOW.plusMillis(500)))
                .setRequestedAt(NOW)
                .build());

        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldDeleteTheSourcesAfterTheJob() throws Exception {
        answer(request());

        assertThat(Files.exists(tree.resolve("job"))).isFalse();
    }
}
