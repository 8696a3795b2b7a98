package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.NULL_POINTER;
import static dev.selfheal.analysis.Samples.SERVICE;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.breaker.BreakerProcessor;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.trend.TrendProcessor;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.TrendState;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a group, a day being long enough to be forgotten. */
class ForgettingTopologyTest {

    private static final String OTHER_SERVICE = "billing";
    private static final Instant LATER = START.plus(Duration.ofDays(2));

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        String day = Long.toString(Duration.ofDays(1).toMillis());
        loop = new LoopDriver(registry, stateDir, Map.of(AnalysisConfig.FORGET_AFTER_MS, day));
        HealingPolicy policy = Samples.policy()
                .setBudget(Samples.budget().setMaxAttempts(1).build())
                .build();
        loop.know(policy);
        loop.know(HealingPolicy.newBuilder(policy).setService(OTHER_SERVICE).build());
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    @Test
    void shouldLeaveNothingOfWhatNothingHappenedTo() {
        String caseId = reject(GROUP, SERVICE, NULL_POINTER, START);
        reject("other", OTHER_SERVICE, "java.lang.ArithmeticException", LATER);
        tick();

        for (String store : List.of(TrendProcessor.TRENDS, CaseProcessor.CASES, CaseArchive.INDEX)) {
            assertThat(loop.store(store).get(GROUP)).as(store).isNull();
            assertThat(loop.store(store).get("other")).as(store).isNotNull();
        }
        assertThat(loop.archivedCases()).hasSize(1).doesNotContain(caseId);
        assertThat(loop.store(BreakerProcessor.STORE).get("GROUP:" + GROUP)).isNull();
        assertThat(loop.breakerTable().get("GROUP:" + GROUP)).isNull();
        assertThat(loop.breakerTable().get("SYSTEM:*")).isNotNull();
        assertThat(removed(loop.topics().healingCases())).containsExactly(caseId);
        assertThat(removed(loop.topics().breakerStates()))
                .containsExactlyInAnyOrder(
                        "GROUP:" + GROUP, "ERROR_TYPE:" + NULL_POINTER, "SERVICE:" + SERVICE, "BUDGET:" + SERVICE);
        assertThat(removed(loop.topics().proposerRecords())).containsExactly("template|" + NULL_POINTER);
        assertThat(removed(loop.topics().serviceTrends())).containsExactly(SERVICE);
    }

    @Test
    void shouldTakeAGroupThatComesBackForNewEvenBeforeItWasLookedFor() {
        String caseId = reject(GROUP, SERVICE, NULL_POINTER, START);
        loop.trends();
        loop.send(loop.topics().errorEvents(), Samples.error("back", LATER).build(), LATER);

        ErrorTrend trend = loop.trends().get(0);
        assertThat(trend.getState()).isEqualTo(TrendState.NEW);
        assertThat(trend.getTotal()).isEqualTo(1);
        assertThat(trend.getFirstSeen()).isEqualTo(LATER);
        assertThat(loop.store(CaseProcessor.CASES).get(GROUP)).isNull();
        assertThat(removed(loop.topics().healingCases())).containsExactly(caseId);
    }

    @Test
    void shouldKeepAGroupWhoseCaseIsOpenAndForgetItAfterItsEnd() {
        HealingRequest request = request(GROUP, SERVICE, NULL_POINTER, START);
        loop.send(
                loop.topics().approvedPatches(),
                Samples.verdict(request, VerdictKind.APPROVED, START).build(),
                START);
        see("other", LATER);
        tick();
        assertThat(loop.store(TrendProcessor.TRENDS).get(GROUP)).isNotNull();
        assertThat(loop.store(CaseProcessor.CASES).get(GROUP)).isNotNull();

        Instant givenUp = START.plus(Duration.ofDays(9));
        see("other", givenUp);
        loop.passTime(Duration.ofHours(1).plusSeconds(1));
        assertThat(loop.<HealingCase>store(CaseProcessor.CASES).get(GROUP).getState())
                .as("given up, after an hour by the wall")
                .isEqualTo(CaseState.EXHAUSTED);
        see("other", givenUp.plus(Duration.ofDays(3)));
        tick();
        assertThat(loop.store(TrendProcessor.TRENDS).get(GROUP)).isNull();
        assertThat(loop.store(CaseProcessor.CASES).get(GROUP)).isNull();
    }

    private String reject(String group, String service, String type, Instant at) {
        HealingRequest request = request(group, service, type, at);
        loop.send(
                loop.topics().rejectedPatches(),
                Samples.verdict(request, VerdictKind.REJECTED, at)
                        .setProvider("template")
                        .build(),
                at);
        return request.getCaseId();
    }

    private HealingRequest request(String group, String service, String type, Instant at) {
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible(group + at, at)
                        .setGroup(group)
                        .setService(service)
                        .setExceptions(List.of(Samples.exception(type)))
                        .build(),
                at);
        return loop.requests().get(0);
    }

    private void see(String group, Instant at) {
        loop.send(
                loop.topics().errorEvents(),
                Samples.error(group + at, at).setGroup(group).build(),
                at);
    }

    /** A few times: what is open is closed, told to its service, closed there, and quiet. */
    private void tick() {
        for (int i = 0; i < 5; i++) {
            loop.passTime(Duration.ofMillis(500));
        }
    }

    private <T extends SpecificRecord> List<String> removed(Topic<T> topic) {
        return loop.records(topic).stream()
                .filter(record -> record.value() == null)
                .map(TestRecord::key)
                .toList();
    }
}
