package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Decision;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.RegressionPolicy;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.RollbackCommand;
import dev.selfheal.event.StackFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the deployment to the rollback, through all topics. */
class RegressionTopologyTest {

    private static final String OTHER = "v1:00000000000000000000000000000002";
    private static final Instant DEPLOYED = START.plusSeconds(10);
    private static final Instant LATER = DEPLOYED.plusSeconds(60);

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
    void shouldTakePatchBackWhenANewGroupThrowsOutOfItsLines() {
        HealingRequest request = deploy(GROUP, START);
        see(out(OTHER, LATER, Samples.PATCHED_LINE));

        TestRecord<String, RollbackCommand> rollback =
                one(loop.records(loop.topics().rollbacks()));
        assertThat(rollback.key()).isEqualTo(request.getCaseId());
        assertThat(rollback.value().getDeploymentId()).isEqualTo("deployment-" + request.getCaseId());
        assertThat(rollback.value().getReason())
                .isEqualTo("new error out of the patched lines: group " + OTHER + " at org.example.Cart.total:11");
        assertThat(rollback.headers().lastHeader("ce_correlationid")).isNotNull();

        HealingCase regressed = newest(loop.cases(), request.getCaseId());
        assertThat(regressed.getState()).isEqualTo(CaseState.REGRESSED);
        assertThat(regressed.getQuarantined()).isTrue();
        assertThat(loop.alerts()).extracting(Alert::getName).contains("PatchRegressed");
        assertThat(watches()).hasSize(2).last().satisfies(record -> {
            assertThat(record.key()).isEqualTo(request.getCaseId());
            assertThat(record.value()).isNull();
        });

        loop.send(
                loop.topics().deployments(),
                Samples.deployment(request.getCaseId(), DeploymentStatus.ROLLED_BACK, LATER.plusSeconds(5))
                        .build(),
                LATER.plusSeconds(5));
        assertThat(newest(loop.cases(), request.getCaseId()).getState()).isEqualTo(CaseState.ROLLED_BACK);
    }

    @Test
    void shouldNotSuspectPatchForErrorsThatAreNotNewOrNotOutOfItsLines() {
        see(out(OTHER, START, Samples.PATCHED_LINE));
        deploy(GROUP, START);
        see(out(OTHER, LATER, Samples.PATCHED_LINE));
        see(out("v1:00000000000000000000000000000003", LATER, Samples.PATCHED_LINE + 90));
        see(ErrorEvent.newBuilder(out("v1:00000000000000000000000000000004", LATER, Samples.PATCHED_LINE))
                .setService("billing")
                .build());

        assertThat(loop.records(loop.topics().rollbacks())).isEmpty();
    }

    @Test
    void shouldTakePatchBackOnceWhenItsGroupThrowsMuchMore() {
        HealingRequest request = deploy(GROUP, START);
        for (int i = 0; i < 40; i++) {
            see(Samples.error("more" + i, LATER.plusSeconds(i)).build());
        }

        assertThat(one(loop.records(loop.topics().rollbacks())).value().getReason())
                .contains("since the deployment");
        assertThat(newest(loop.cases(), request.getCaseId()).getState()).isEqualTo(CaseState.REGRESSED);
        assertThat(loop.requests()).as("a quarantined group is left alone").hasSize(0);
    }

    @Test
    void shouldTakePatchBackWhenTheWholeServiceThrowsMuchMore() {
        deploy(GROUP, START);
        for (int i = 0; i < 300; i++) {
            Instant at = LATER.plusSeconds(60 + i % 180);
            see(Samples.error("other" + i, at)
                    .setGroup(String.format("v1:%032d", 100 + i % 10))
                    .build());
        }
        loop.passTime(Duration.ofMinutes(10));

        assertThat(one(loop.records(loop.topics().rollbacks())).value().getReason())
                .startsWith("the whole service: ");
    }

    @Test
    void shouldTellPeopleOfRollbacksBeyondTheLimitOfTheDay() {
        loop.know(Samples.policy()
                .setRegression(
                        RegressionPolicy.newBuilder().setRollbacksPerDay(2).build())
                .build());
        for (int i = 0; i < 3; i++) {
            Instant at = START.plusSeconds(i * 3600L);
            String group = String.format("v1:%032d", 10 + i);
            deploy(group, at);
            see(out(String.format("v1:%032d", 20 + i), at.plusSeconds(70), Samples.PATCHED_LINE));
        }

        assertThat(loop.records(loop.topics().rollbacks())).hasSize(2);
        assertThat(loop.alerts())
                .filteredOn(alert -> alert.getName().equals("RollbackWithheld"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getMessage())
                        .startsWith("shop: 2 rollbacks were sent today, so a person has to take deployment"));
    }

    @Test
    void shouldBeHealedWhenTheGroupStaysQuiet() {
        HealingRequest request = deploy(GROUP, START);
        loop.passTime(Duration.ofMinutes(31));

        assertThat(newest(loop.cases(), request.getCaseId()).getState()).isEqualTo(CaseState.HEALED);
        assertThat(watches())
                .last()
                .satisfies(record -> assertThat(record.value()).isNull());
    }

    @Test
    void shouldNotBeHealedByABacklogThatPassesTheQuietPeriodInAMoment() {
        HealingRequest request = deploy(GROUP, START);
        see(out(OTHER, DEPLOYED.plus(Duration.ofHours(5)), 500));
        loop.passTime(Duration.ofMinutes(1));

        assertThat(newest(loop.cases(), request.getCaseId()).getState()).isEqualTo(CaseState.DEPLOYED);
    }

    @Test
    void shouldHealAStoppedGroupOnceAPersonForcesIt() {
        loop.send(
                loop.topics().reviewDecisions(),
                Samples.review("", Decision.STOP, START).build(),
                START);
        see(Samples.reproducible("e1", START.plusSeconds(1)).build());
        assertThat(loop.requests()).isEmpty();

        loop.send(
                loop.topics().reviewDecisions(),
                Samples.review("", Decision.FORCE, START.plusSeconds(2)).build(),
                START.plusSeconds(2));
        see(Samples.error("e2", START.plusSeconds(3)).build());
        assertThat(loop.requests()).hasSize(1);
    }

    /** The request whose approved patch is out ten seconds later. */
    private HealingRequest deploy(String group, Instant at) {
        see(Samples.reproducible("first-" + group, at).setGroup(group).build());
        List<HealingRequest> requests = loop.requests();
        HealingRequest request = requests.get(requests.size() - 1);
        loop.send(
                loop.topics().approvedPatches(),
                Samples.approvedPatch(request, at.plusSeconds(5)).build(),
                at.plusSeconds(5));
        loop.send(
                loop.topics().deployments(),
                Samples.deployment(request.getCaseId(), DeploymentStatus.SUCCEEDED, at.plusSeconds(10))
                        .setGroup(group)
                        .build(),
                at.plusSeconds(10));
        return request;
    }

    private void see(ErrorEvent event) {
        loop.send(loop.topics().errorEvents(), event, event.getReceivedAt());
    }

    private static ErrorEvent out(String group, Instant at, int line) {
        StackFrame frame = new StackFrame("org.example.Cart", "total", "Cart.java", line, true);
        return Samples.error("out-" + group + at + line, at)
                .setGroup(group)
                .setExceptions(List.of(Samples.exception(Samples.NULL_POINTER, frame)))
                .build();
    }

    private List<TestRecord<String, RegressionWatch>> watches() {
        return loop.records(loop.topics().regressionWatches());
    }

    private static HealingCase newest(List<HealingCase> cases, String caseId) {
        return cases.stream()
                .filter(changed -> changed.getCaseId().equals(caseId))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static <T> T one(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
