package dev.selfheal.validation.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.source.SourceMirrors;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.SampleProject;
import dev.selfheal.validation.ValidationConfig;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.sandbox.ScriptedSandbox;
import dev.selfheal.validation.sandbox.TestJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real repository and a real build; the sandbox only counts. */
class AheadPreparationIT {

    @TempDir
    private static Path temp;

    private static SampleProject project;
    private static SourceMirrors sources;
    private static Baselines baselines;

    private final ScriptedSandbox sandbox = new ScriptedSandbox();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AheadPreparation preparation = new AheadPreparation(
            service -> Optional.of(Proposals.policy(project.repository())).filter(policy -> service.equals("shop")),
            sources,
            baselines,
            sandbox,
            new AffectedTests(10),
            new AheadPreparation.Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
            busy::get);

    @BeforeAll
    static void create() throws Exception {
        project = SampleProject.withJupiter(Files.createDirectory(temp.resolve("project")));
        ValidationConfig config = new ValidationConfig(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "schema.registry.url",
                "http://127.0.0.1:1",
                ValidationConfig.KEY_FILE,
                temp.resolve("key.pem").toString()));
        sources = new SourceMirrors(temp.resolve("mirrors"));
        baselines = new Baselines(
                temp.resolve("baselines"),
                sources,
                config.maven(),
                config.gradle(),
                config.baselines(),
                Clock.systemUTC());
    }

    @Test
    void shouldRunTheReproductionAndTheNearestTestsOnceForAllRequestsOfABase() throws Exception {
        sandbox.identity = "first";
        assertThat(preparation.prepare(request("shop"))).isTrue();
        assertThat(sandbox.jobs)
                .extracting(TestJob::selectors)
                .contains(List.of(Proposals.REPRODUCTION), List.of("org.example.CartTest"));
        int jobs = sandbox.jobs.size();
        assertThat(preparation.prepare(request("shop"))).isTrue();
        assertThat(sandbox.jobs).hasSize(jobs);
    }

    @Test
    void shouldLeaveTheMachineToProposals() throws Exception {
        sandbox.identity = "second";
        busy.set(true);
        assertThat(preparation.prepare(request("shop"))).isFalse();
        assertThat(sandbox.jobs).isEmpty();
    }

    @Test
    void shouldPrepareNothingForAServiceWithoutAPolicy() throws Exception {
        assertThat(preparation.prepare(request("nobody"))).isFalse();
    }

    @Test
    void shouldGoOnWhenTheCommitCannotBeHad() throws Exception {
        HealingRequest lost = HealingRequest.newBuilder(request("shop"))
                .setEvent(ErrorEvent.newBuilder(Proposals.reproducible())
                        .setCommit("0".repeat(40))
                        .build())
                .build();
        assertThat(preparation.prepare(lost)).isFalse();
    }

    private static HealingRequest request(String service) {
        return HealingRequest.newBuilder()
                .setCaseId("case")
                .setGroup("v3:0")
                .setService(service)
                .setAttempt(1)
                .setMaxAttempts(3)
                .setRequestedAt(Instant.EPOCH)
                .setDeadline(Instant.EPOCH)
                .setEvent(Proposals.reproducible())
                .build();
    }
}
