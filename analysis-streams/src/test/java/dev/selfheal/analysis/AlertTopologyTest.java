package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.AlertPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.event.VerdictKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts about the healer, from errors to the topic. */
class AlertTopologyTest {

    private static final Duration WINDOW = Duration.ofMinutes(60);

    @TempDir
    private Path stateDir;

    private LocalRegistry registry;
    private LoopDriver loop;
    private int cases;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
        loop = new LoopDriver(registry, stateDir, Map.of("alerts.minimum.cases", "100"));
        AlertPolicy alerts = AlertPolicy.newBuilder()
                .setMinimumCases(10)
                .setWindowMinutes((int) WINDOW.toMinutes())
                .build();
        loop.know(Samples.policy().setAlerts(alerts).build());
    }

    @AfterEach
    void stop() {
        loop.close();
        registry.close();
    }

    @Test
    void shouldRaiseAboveTheRateOfThePolicyAndNotAtIt() {
        approve(7);
        exhaust(3);
        assertThat(failureRateAlerts()).isEmpty();

        exhaust(1);
        assertThat(failureRateAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getName()).isEqualTo("HealingFailureRateHigh");
            assertThat(alert.getSubject()).isEqualTo(Samples.SERVICE);
            assertThat(alert.getLevel()).isEqualTo(AlertLevel.CRITICAL);
        });
    }

    @Test
    void shouldEndByItselfWhenFailuresLeaveTheWindow() {
        exhaust(10);
        assertThat(failureRateAlerts()).hasSize(1);
        Instant silentFrom = START.plusSeconds(cases);

        loop.passTime(WINDOW.minusMinutes(2));
        assertThat(failureRateAlerts()).isEmpty();
        loop.passTime(Duration.ofMinutes(3));
        assertThat(failureRateAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getName()).isEqualTo("HealingFailureRateNormal");
            assertThat(alert.getAt())
                    .isBetween(silentFrom, silentFrom.plus(WINDOW).plus(Duration.ofMinutes(1)));
        });
        loop.passTime(WINDOW);
        assertThat(failureRateAlerts()).isEmpty();
    }

    @Test
    void shouldTellOfEachIncidentOnce() {
        SecurityIncident incident = SecurityIncident.newBuilder()
                .setIncidentId("incident-1")
                .setCaseId("case-1")
                .setService(Samples.SERVICE)
                .setPatchId("patch-1")
                .setRule("SH-RISK-PROCESS")
                .setDescription("starts a process")
                .setAt(START)
                .build();
        loop.send(loop.topics().securityIncidents(), incident, START);
        loop.send(loop.topics().securityIncidents(), incident, START.plusSeconds(5));

        assertThat(loop.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getName()).isEqualTo("SecurityIncident");
            assertThat(alert.getLevel()).isEqualTo(AlertLevel.CRITICAL);
            assertThat(alert.getSubject()).isEqualTo("case-1");
            assertThat(alert.getMessage())
                    .isEqualTo("shop: contained: SH-RISK-PROCESS by patch patch-1: starts a process");
        });
    }

    @Test
    void shouldSayWhenIncidentIsNotContained() {
        SecurityIncident incident = SecurityIncident.newBuilder()
                .setIncidentId("incident-1")
                .setCaseId("case-1")
                .setService(Samples.SERVICE)
                .setRule("SH-SANDBOX")
                .setDescription("left the sandbox")
                .setContained(false)
                .setAt(START)
                .build();
        loop.send(loop.topics().securityIncidents(), incident, START);

        assertThat(loop.alerts())
                .singleElement()
                .extracting(Alert::getMessage)
                .asString()
                .startsWith("shop: NOT CONTAINED: SH-SANDBOX");
    }

    private void approve(int count) {
        for (int i = 0; i < count; i++) {
            HealingRequest request = request();
            PatchVerdict verdict =
                    Samples.verdict(request, VerdictKind.APPROVED, at()).build();
            loop.send(loop.topics().approvedPatches(), verdict, at());
        }
    }

    private void exhaust(int count) {
        for (int i = 0; i < count; i++) {
            loop.send(
                    loop.topics().patchProposals(),
                    Samples.nothingFound(request(), at()).build(),
                    at());
        }
    }

    private HealingRequest request() {
        cases++;
        loop.send(
                loop.topics().errorEvents(),
                Samples.reproducible("e" + cases, at())
                        .setGroup(String.format("v1:%032x", cases))
                        .build(),
                at());
        return loop.requests().get(0);
    }

    private Instant at() {
        return START.plusSeconds(cases);
    }

    private List<Alert> failureRateAlerts() {
        return loop.alerts().stream()
                .filter(alert -> alert.getName().startsWith("HealingFailureRate"))
                .toList();
    }
}
