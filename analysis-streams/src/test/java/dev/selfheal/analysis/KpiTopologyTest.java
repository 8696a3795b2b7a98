package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.kpi.Figure;
import dev.selfheal.analysis.kpi.Tally;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.VerdictKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From errors to figures, with the words and states that the healing case really uses. */
class KpiTopologyTest {

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(registry, stateDir, Map.of("archive.cases.per.group", "2"));
        loop.know(Samples.policy().build());
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    @Test
    void shouldCountACaseOfTwoAttemptsOnceForItsServiceAndForAll() {
        HealingRequest first = see("e1", START);
        judge(first, VerdictKind.REJECTED, START.plusSeconds(10));
        HealingRequest second = loop.requests().get(0);
        judge(second, VerdictKind.APPROVED, START.plusSeconds(30));

        for (String service : List.of(Samples.SERVICE, "*")) {
            Tally total = loop.kpis(service).total();
            assertThat(total.sum(Figure.OPENED)).isEqualTo(1);
            assertThat(total.sum(Figure.ATTEMPTS)).isEqualTo(2);
            assertThat(total.sum(Figure.APPROVED)).isEqualTo(1);
            assertThat(total.successRate()).hasValue(1);
            assertThat(total.mean(Figure.MS_TO_APPROVED, Figure.TIMED_APPROVED)).hasValue(30_000);
        }
    }

    @Test
    void shouldClassWhyNothingWasTried() {
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible("e1", START)
                        .setExceptions(List.of(Samples.exception("java.net.ConnectException")))
                        .build(),
                START);
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible("e2", START)
                        .setGroup("v1:00000000000000000000000000000002")
                        .setService("unknown")
                        .build(),
                START);
        loop.passTime(Duration.ofSeconds(5));
        loop.send(loop.topics().breakerStates(), open(), START);
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible("e3", START)
                        .setGroup("v1:00000000000000000000000000000003")
                        .build(),
                START);

        Tally all = loop.kpis("*").total();
        assertThat(all.sum(Figure.ABSTAINED)).isEqualTo(2);
        assertThat(all.sum(Figure.SUPPRESSED)).isEqualTo(1);
        assertThat(all.reasons()).containsOnlyKeys("infrastructure", "no-policy", "breaker");
    }

    @Test
    void shouldTellOfAComplexHealingOnce() {
        HealingRequest first = see("e1", START);
        judge(first, VerdictKind.REJECTED, START.plusSeconds(10));
        HealingRequest second = loop.requests().get(0);
        judge(second, VerdictKind.APPROVED, START.plusSeconds(30));
        Instant deployed = START.plusSeconds(60);
        loop.send(
                loop.topics().deployments(),
                Samples.deployment(second.getCaseId(), DeploymentStatus.SUCCEEDED, deployed)
                        .build(),
                deployed);
        loop.passTime(Duration.ofHours(1));

        assertThat(loop.kpis("*").total().sum(Figure.HEALED)).isEqualTo(1);
        assertThat(loop.alerts())
                .filteredOn(alert -> alert.getName().equals("ComplexHealingSucceeded"))
                .singleElement()
                .extracting(Alert::getSubject)
                .isEqualTo(second.getCaseId());
    }

    @Test
    void shouldKeepTheNewestCasesOfAGroup() {
        List<TestRecord<String, HealingCase>> published = publishFourCases();
        List<String> cases = idsOf(published);

        assertThat(cases).hasSize(4);
        assertThat(loop.archivedCases()).containsExactlyInAnyOrderElementsOf(cases.subList(2, 4));
    }

    @Test
    void shouldRemoveFromTheTopicTheCasesThatItKeepsNoMore() {
        List<TestRecord<String, HealingCase>> published = publishFourCases();

        assertThat(published)
                .filteredOn(record -> record.value() == null)
                .extracting(TestRecord::key)
                .containsExactlyElementsOf(idsOf(published).subList(0, 2));
    }

    private List<TestRecord<String, HealingCase>> publishFourCases() {
        Instant at = START;
        for (int i = 0; i < 4; i++) {
            HealingRequest request = see("e" + i, at);
            loop.send(
                    loop.topics().patchProposals(),
                    Samples.nothingFound(request, at.plusSeconds(1)).build(),
                    at.plusSeconds(1));
            at = at.plus(Duration.ofHours(30));
        }
        return loop.records(loop.topics().healingCases());
    }

    private static List<String> idsOf(List<TestRecord<String, HealingCase>> published) {
        return published.stream().map(TestRecord::key).distinct().toList();
    }

    @Test
    void shouldKeepTheVerdictOnTheNewestAttempt() {
        HealingRequest first = see("e1", START);
        judge(first, VerdictKind.REJECTED, START.plusSeconds(10));
        HealingRequest second = loop.requests().get(0);
        judge(second, VerdictKind.APPROVED, START.plusSeconds(30));
        judge(first, VerdictKind.REJECTED, START.plusSeconds(40));

        assertThat(loop.archivedVerdict(second.getCaseId())).hasValueSatisfying(kept -> {
            assertThat(kept.getAttempt()).isEqualTo(2);
            assertThat(kept.getVerdict()).isEqualTo(VerdictKind.APPROVED);
        });
    }

    @Test
    void shouldKeepNoVerdictOnACaseThatIsNotKept() {
        HealingRequest first = see("e1", START);
        HealingRequest unknown =
                HealingRequest.newBuilder(first).setCaseId("case-x").build();
        judge(unknown, VerdictKind.APPROVED, START.plusSeconds(5));
        assertThat(loop.archivedVerdict("case-x")).isEmpty();

        judge(first, VerdictKind.REJECTED, START.plusSeconds(10));
        assertThat(loop.archivedVerdict(first.getCaseId())).isPresent();
        giveUp(loop.requests().get(0), START.plusSeconds(20));
        for (int i = 2; i < 4; i++) {
            Instant at = START.plus(Duration.ofHours(30L * i));
            giveUp(see("e" + i, at), at.plusSeconds(1));
        }
        assertThat(loop.archivedCases()).hasSize(2).doesNotContain(first.getCaseId());
        assertThat(loop.archivedVerdict(first.getCaseId())).isEmpty();
    }

    private void giveUp(HealingRequest request, Instant at) {
        loop.send(
                loop.topics().patchProposals(),
                Samples.nothingFound(request, at).build(),
                at);
    }

    private HealingRequest see(String eventId, Instant at) {
        loop.send(loop.topics().errorEvents(), Samples.reproducible(eventId, at).build(), at);
        return loop.requests().get(0);
    }

    private void judge(HealingRequest request, VerdictKind kind, Instant at) {
        loop.send(
                kind == VerdictKind.APPROVED
                        ? loop.topics().approvedPatches()
                        : loop.topics().rejectedPatches(),
                Samples.verdict(request, kind, at).build(),
                at);
    }

    private static BreakerState open() {
        return BreakerState.newBuilder()
                .setScope(BreakerScope.SYSTEM)
                .setName("*")
                .setPosition(BreakerPosition.OPEN)
                .setSince(START)
                .setTrips(1)
                .setFailures(9)
                .setProbeAt(START.plusSeconds(60))
                .build();
    }
}
