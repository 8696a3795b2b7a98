package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Calibration;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.TrendState;
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

/** What the analysis makes of a service as a whole, and what it learns from how cases end. */
class JudgementTopologyTest {

    private static final int GROUPS = 6;

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;
    private int events;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(registry, stateDir, Map.of(AnalysisConfig.TREND_LEARNING_WINDOWS, "3"));
        loop.know(Samples.policy()
                .setTrigger(dev.selfheal.event.TriggerPolicy.newBuilder()
                        .setMinEvents(12)
                        .setWindowMinutes(1)
                        .setForecastMinutes(0)
                        .build())
                .build());
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    @Test
    void shouldAbstainWhenAllGroupsOfAServiceSpike() {
        Instant outage = steadyFor(12);
        for (int i = 0; i < 60; i++) {
            for (int group = 0; group < GROUPS; group++) {
                see(group, outage.plusMillis(i * 500L + group));
            }
        }
        loop.passTime(Duration.ofMinutes(3));

        assertThat(trends()).anySatisfy(trend -> {
            assertThat(trend.getState()).isEqualTo(TrendState.SPIKING);
            assertThat(trend.getRisingGroups()).isEqualTo(GROUPS);
            assertThat(trend.getActiveGroups()).isEqualTo(GROUPS);
        });
        see(0, outage.plusSeconds(200));
        for (int i = 0; i < 20; i++) {
            see(0, outage.plusSeconds(200).plusMillis(i));
        }
        assertThat(loop.cases()).anySatisfy(changed -> {
            assertThat(changed.getState()).isEqualTo(CaseState.ABSTAINED);
            assertThat(changed.getClassification().orElseThrow().getFaultClass())
                    .isEqualTo(FaultClass.INFRASTRUCTURE);
            assertThat(last(changed.getHistory()).getReason()).contains("SH-FAULT-WHOLE-SERVICE");
        });
    }

    @Test
    void shouldRequestWhenOneGroupOfAServiceSpikes() {
        Instant burst = steadyFor(12);
        for (int i = 0; i < 60; i++) {
            see(0, burst.plusMillis(i * 500L));
        }
        assertThat(loop.requests()).singleElement().satisfies(request -> {
            assertThat(request.getClassification().orElseThrow().getFaultClass()).isEqualTo(FaultClass.CODE);
            assertThat(request.getGroup()).isEqualTo(group(0));
        });
    }

    @Test
    void shouldPublishAServicesTrendSparingly() {
        steadyFor(12);
        assertThat(trends()).hasSizeBetween(2, 2 * 12);
    }

    @Test
    void shouldLearnFromAPersonsWordAndTakeItBackWhenThePatchIsRolledBack() {
        HealingCase approved = approvedByAPerson();
        assertThat(records()).last().satisfies(record -> {
            assertThat(record.getProposer()).isEqualTo("claude");
            assertThat(record.getErrorType()).isEqualTo("*");
            assertThat(record.getAlpha()).isGreaterThan(1.9);
        });
        assertThat(calibrations()).last().satisfies(calibration -> {
            assertThat(calibration.getName()).isEqualTo("confidence");
            assertThat(calibration.getSamples()).isEqualTo(1);
            assertThat(calibration.getBrier()).isCloseTo(0.16, org.assertj.core.api.Assertions.within(1e-9));
        });

        Instant later = START.plusSeconds(30);
        loop.send(
                loop.topics().deployments(),
                Samples.deployment(approved.getCaseId(), dev.selfheal.event.DeploymentStatus.SUCCEEDED, later)
                        .build(),
                later);
        loop.send(
                loop.topics().deployments(),
                Samples.deployment(approved.getCaseId(), dev.selfheal.event.DeploymentStatus.ROLLED_BACK, later)
                        .setDeploymentId("back")
                        .build(),
                later);
        assertThat(records()).last().satisfies(record -> {
            assertThat(record.getAlpha()).isLessThan(1);
            assertThat(record.getBeta()).isGreaterThan(1.9);
        });
        assertThat(calibrations()).last().satisfies(calibration -> {
            assertThat(calibration.getSamples()).as("the same case").isEqualTo(1);
            assertThat(calibration.getBrier()).isCloseTo(0.36, org.assertj.core.api.Assertions.within(1e-9));
        });
    }

    @Test
    void shouldLearnFromARefutedProposalWhoseItWas() {
        HealingRequest request = request();
        judge(request, VerdictKind.REJECTED);
        assertThat(records())
                .extracting(ProposerRecord::getErrorType)
                .containsExactly(Samples.NULL_POINTER, "*");
        assertThat(calibrations()).last().extracting(Calibration::getSamples).isEqualTo(0);
    }

    @Test
    void shouldAskTheProposerWithTheBetterRecordFirst() {
        loop.know(Samples.policy().setProviders(List.of("template", "claude")).build());
        know("template", 2, 30);
        know("claude", 30, 2);
        assertThat(request().getProviders()).containsExactly("claude", "template");
    }

    private HealingCase approvedByAPerson() {
        HealingRequest request = request();
        judge(request, VerdictKind.NEEDS_REVIEW);
        Instant at = START.plusSeconds(10);
        loop.send(
                loop.topics().reviewDecisions(),
                Samples.review(request.getCaseId(), Decision.APPROVE, at)
                        .setGroup(request.getGroup())
                        .build(),
                at);
        return last(loop.cases());
    }

    private void judge(HealingRequest request, VerdictKind kind) {
        Instant at = START.plusSeconds(5);
        loop.send(
                loop.topics().patchProposals(), Samples.proposal(request, at).build(), at);
        loop.send(
                kind == VerdictKind.REJECTED ? loop.topics().rejectedPatches() : loop.topics().patchesForReview(),
                Samples.verdict(request, kind, at)
                        .setProvider("claude")
                        .setRawConfidence(0.7)
                        .setConfidence(0.6)
                        .build(),
                at);
    }

    private HealingRequest request() {
        loop.send(loop.topics().errorEvents(), Samples.reproducible("first", START).build(), START);
        return last(loop.requests());
    }

    /** One error of each group a minute; the time after it. */
    private Instant steadyFor(int minutes) {
        for (int i = 0; i < minutes; i++) {
            Instant minute = START.plus(Duration.ofMinutes(i));
            for (int group = 0; group < GROUPS; group++) {
                see(group, minute.plusSeconds(group));
            }
            loop.passTime(Duration.ofMinutes(1));
        }
        return START.plus(Duration.ofMinutes(minutes));
    }

    private void see(int group, Instant at) {
        ErrorEvent event = Samples.error("e" + events++, at).setGroup(group(group)).build();
        loop.send(loop.topics().errorEvents(), event, at);
    }

    private static String group(int number) {
        return String.format("v1:%032x", 0xabc0 + number);
    }

    private void know(String proposer, double alpha, double beta) {
        ProposerRecord record = new ProposerRecord(proposer, "*", alpha, beta, START);
        loop.send(loop.topics().proposerRecords(), record, START);
    }

    private List<ServiceTrend> trends() {
        return values(loop.records(loop.topics().serviceTrends()));
    }

    private List<Calibration> calibrations() {
        return values(loop.records(loop.topics().calibrations()));
    }

    private List<ProposerRecord> records() {
        return values(loop.records(loop.topics().proposerRecords()));
    }

    private static <T> List<T> values(List<TestRecord<String, T>> records) {
        return records.stream().map(TestRecord::value).toList();
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
