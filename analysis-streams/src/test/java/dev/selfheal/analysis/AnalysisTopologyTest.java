package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.deadletter.BoundedSerializer;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.Severity;
import dev.selfheal.event.VerdictKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTopologyTest {

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(registry, stateDir);
        loop.know(Samples.policy().build());
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    @Test
    void shouldRequestAtOnceWhenErrorCarriesReproduction() {
        see(Samples.reproducible("e1", START).build());

        assertThat(loop.requests()).singleElement().satisfies(request -> {
            assertThat(request.getAttempt()).isEqualTo(1);
            assertThat(request.getEvent().getEventId()).isEqualTo("e1");
            assertThat(request.getDeadline()).isEqualTo(START.plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void shouldRequestWithThirdPlainErrorAndNotBefore() {
        see(Samples.error("e1", START).build());
        see(Samples.error("e2", START.plusSeconds(1)).build());
        assertThat(loop.requests()).isEmpty();

        see(Samples.error("e3", START.plusSeconds(2)).build());
        assertThat(loop.requests()).hasSize(1);
    }

    @Test
    void shouldCountDuplicateOnce() {
        see(Samples.error("e1", START).build());
        see(Samples.error("e1", START.plusSeconds(1)).build());
        see(Samples.error("e1", START.plusSeconds(2)).build());

        assertThat(loop.requests()).isEmpty();
        assertThat(loop.trends()).last().extracting(ErrorTrend::getTotal).isEqualTo(1L);
    }

    @Test
    void shouldSendUrgentLaneWhenSevere() {
        see(Samples.reproducible("e1", START).setSeverity(Severity.HIGH).build());

        assertThat(loop.requests()).isEmpty();
        assertThat(loop.urgentRequests())
                .singleElement()
                .extracting(HealingRequest::getLane)
                .isEqualTo(Lane.URGENT);
    }

    @Test
    void shouldMoveCaseToApproved() {
        HealingRequest request = request();
        propose(Samples.proposal(request, START.plusSeconds(1)).build());
        judge(request, VerdictKind.APPROVED);

        HealingCase last = last(loop.cases());
        assertThat(last.getState()).isEqualTo(CaseState.APPROVED);
        assertThat(last.getHistory())
                .extracting(CaseTransition::getTo)
                .containsExactly(CaseState.REQUESTED, CaseState.PROPOSED, CaseState.APPROVED);
    }

    @Test
    void shouldAskAgainWithFeedbackWhenRejected() {
        HealingRequest first = request();
        propose(Samples.proposal(first, START.plusSeconds(1)).build());
        judge(first, VerdictKind.REJECTED);

        assertThat(loop.requests()).singleElement().satisfies(second -> {
            assertThat(second.getCaseId()).isEqualTo(first.getCaseId());
            assertThat(second.getAttempt()).isEqualTo(2);
            assertThat(second.getRefutedPatches()).containsExactly("patch-1");
            assertThat(second.getFeedback()).singleElement().satisfies(feedback -> {
                assertThat(feedback.getCheck()).isEqualTo("reproduction");
                assertThat(feedback.getMessage()).isEqualTo("patch patch-1: still fails");
            });
        });
    }

    @Test
    void shouldEndExhaustedWhenNothingFound() {
        propose(Samples.nothingFound(request(), START.plusSeconds(1)).build());

        HealingCase ended = last(loop.cases());
        assertThat(ended.getState()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(ended.getEvent()).isEmpty();
        assertThat(last(ended.getHistory()).getReason()).contains("no template fits");
        assertThat(loop.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getName()).isEqualTo("HealingExhausted"));
    }

    @Test
    void shouldAskAgainWhenDeadlinePasses() {
        request();
        loop.passTime(Duration.ofMinutes(10));
        assertThat(loop.requests()).isEmpty();

        loop.passTime(Duration.ofSeconds(1));
        assertThat(loop.requests())
                .singleElement()
                .extracting(HealingRequest::getAttempt)
                .isEqualTo(2);
    }

    @Test
    void shouldNotUseUpAttemptsWhileABacklogIsReadWithinMoments() {
        request();
        for (int minutes = 15; minutes <= 60; minutes += 15) {
            see(Samples.error("other" + minutes, START.plus(Duration.ofMinutes(minutes)))
                    .setGroup("v1:00000000000000000000000000000002")
                    .build());
            loop.passTime(Duration.ofSeconds(2));
        }
        assertThat(loop.requests()).extracting(HealingRequest::getGroup).doesNotContain(GROUP);

        loop.passTime(Duration.ofMinutes(10));
        assertThat(loop.requests())
                .filteredOn(request -> request.getGroup().equals(GROUP))
                .singleElement()
                .satisfies(second -> {
                    assertThat(second.getAttempt()).isEqualTo(2);
                    assertThat(second.getRequestedAt()).isEqualTo(START.plus(Duration.ofHours(1)));
                });
    }

    @Test
    void shouldEndExhaustedWhenNobodyEverAnswers() {
        request();
        loop.passTime(Duration.ofMinutes(11));
        loop.passTime(Duration.ofMinutes(11));
        loop.passTime(Duration.ofMinutes(11));

        assertThat(loop.requests()).extracting(HealingRequest::getAttempt).containsExactly(2, 3);
        assertThat(last(loop.cases()).getState()).isEqualTo(CaseState.EXHAUSTED);
    }

    @Test
    void shouldAbstainWhenServiceHasNoPolicy() {
        see(Samples.reproducible("e1", START).setService("unknown").build());
        loop.passTime(Duration.ofSeconds(3));

        assertThat(loop.requests()).isEmpty();
        HealingCase ended = last(loop.cases());
        assertThat(ended.getState()).isEqualTo(CaseState.ABSTAINED);
        assertThat(last(ended.getHistory()).getReason()).isEqualTo("no policy");
    }

    @Test
    void shouldRequestWhenPolicyComesWithinGrace() {
        see(Samples.reproducible("e1", START).setService("late").build());
        loop.know(Samples.policy().setService("late").build());
        loop.passTime(Duration.ofSeconds(3));

        assertThat(loop.requests()).hasSize(1);
    }

    @Test
    void shouldAbstainWhenInfrastructureFails() {
        see(Samples.reproducible("e1", START)
                .setExceptions(List.of(Samples.exception("java.net.ConnectException")))
                .build());

        assertThat(loop.requests()).isEmpty();
        assertThat(last(loop.cases()).getState()).isEqualTo(CaseState.ABSTAINED);
    }

    @Test
    void shouldSuppressWhenBreakerIsOpen() {
        loop.send(loop.topics().breakerStates(), openUntil(START.plusSeconds(60)), START);
        see(Samples.reproducible("e1", START).build());

        assertThat(loop.requests()).isEmpty();
        HealingCase ended = last(loop.cases());
        assertThat(ended.getState()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(last(ended.getHistory()).getReason()).contains("breaker of the whole system is OPEN");
    }

    @Test
    void shouldOpenGroupBreakerAfterThreeExhaustedCases() {
        Instant at = START;
        for (int i = 0; i < 3; i++) {
            see(Samples.reproducible("e" + i, at).build());
            propose(Samples.nothingFound(loop.requests().get(0), at.plusSeconds(1))
                    .build());
            at = at.plus(Duration.ofHours(2));
        }
        assertThat(loop.breakers())
                .filteredOn(state -> state.getPosition() == BreakerPosition.OPEN)
                .singleElement()
                .satisfies(state -> assertThat(state.getName()).isEqualTo(GROUP));
    }

    @Test
    void shouldSendPoisonToDeadLettersAndGoOn() {
        loop.sendBytes(loop.topics().errorEvents(), GROUP, "not avro".getBytes(StandardCharsets.UTF_8));
        see(Samples.reproducible("e1", START).build());

        assertThat(loop.bytes(loop.topics().errorEvents().deadLetterName()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("not avro");
                    assertThat(text(letter.headers(), "__streams.errors.topic"))
                            .isEqualTo(loop.topics().errorEvents().name());
                });
        assertThat(loop.requests()).hasSize(1);
    }

    @Test
    void shouldSendProcessingFailureToDeadLettersOfItsSourceAndGoOn() {
        HealingRequest request = request();
        propose(Samples.proposal(request, START.plusSeconds(1)).setGroup("").build());
        propose(Samples.proposal(request, START.plusSeconds(1)).build());

        assertThat(last(loop.cases()).getState()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldSendSourceToDeadLettersWhenWhatIsMadeOfItIsTooLargeAndGoOn() {
        HealingRequest request = request();
        String large = "x".repeat(BoundedSerializer.MAX_BYTES);
        propose(Samples.nothingFound(request, START.plusSeconds(1))
                .setReason(large)
                .build());
        propose(Samples.proposal(request, START.plusSeconds(2)).build());

        assertThat(loop.bytes(loop.topics().patchProposals().deadLetterName()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).asString(StandardCharsets.UTF_8).contains(large);
                    assertThat(text(letter.headers(), "__streams.errors.exception"))
                            .isEqualTo(RecordTooLargeException.class.getName());
                });
        assertThat(last(loop.cases()).getState()).isEqualTo(CaseState.PROPOSED);
    }

    @Test
    void shouldKeepPolicyWhenNextOneIsPoison() {
        loop.sendBytes(loop.topics().policies(), Samples.SERVICE, "not avro".getBytes(StandardCharsets.UTF_8));
        see(Samples.reproducible("e1", START).build());

        assertThat(loop.requests()).hasSize(1);
    }

    @Test
    void shouldAbstainWhenPolicyIsWithdrawn() {
        loop.sendBytes(loop.topics().policies(), Samples.SERVICE, null);
        see(Samples.reproducible("e1", START).build());
        loop.passTime(Duration.ofSeconds(3));

        assertThat(loop.requests()).isEmpty();
        assertThat(last(loop.cases()).getState()).isEqualTo(CaseState.ABSTAINED);
    }

    @Test
    void shouldCarryCauseAndCaseInHeaders() {
        see(Samples.reproducible("e1", START).build());

        TestRecord<String, HealingRequest> request =
                loop.records(loop.topics().healingRequests()).get(0);
        assertThat(request.key()).isEqualTo(request.value().getCaseId());
        assertThat(text(request.headers(), EnvelopeHeaders.CAUSATION_ID)).isEqualTo("e1");
        assertThat(text(request.headers(), EnvelopeHeaders.CORRELATION_ID))
                .isEqualTo(request.value().getCaseId());
        assertThat(text(request.headers(), EnvelopeHeaders.ATTEMPT)).isEqualTo("1");
    }

    private static BreakerState openUntil(Instant probeAt) {
        return BreakerState.newBuilder()
                .setScope(BreakerScope.SYSTEM)
                .setName("*")
                .setPosition(BreakerPosition.OPEN)
                .setSince(START)
                .setTrips(1)
                .setFailures(9)
                .setProbeAt(probeAt)
                .build();
    }

    private HealingRequest request() {
        see(Samples.reproducible("e1", START).build());
        return loop.requests().get(0);
    }

    private void see(ErrorEvent event) {
        loop.send(loop.topics().errorEvents(), event, event.getReceivedAt());
    }

    private void propose(PatchProposal proposal) {
        loop.send(loop.topics().patchProposals(), proposal, proposal.getProposedAt());
    }

    private void judge(HealingRequest request, VerdictKind kind) {
        Instant at = START.plusSeconds(2);
        loop.send(
                kind == VerdictKind.APPROVED
                        ? loop.topics().approvedPatches()
                        : loop.topics().rejectedPatches(),
                Samples.verdict(request, kind, at).build(),
                at);
    }

    private static <T> T last(List<T> values) {
        return values.get(values.size() - 1);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
