package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.verdict.Decision;
import dev.selfheal.validation.verdict.DecisionRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolationCheckTest {

    @TempDir
    private Path root;

    private final ScriptedSandbox sandbox = new ScriptedSandbox();

    @ParameterizedTest
    @CsvSource({
        "UNSHARE, UNSHARE",
        "BUBBLEWRAP, UNSHARE",
        "PROCESS, PROCESS",
        "PROCESS, NONE",
        "CONTAINER, BUBBLEWRAP",
        "CONTAINER, CONTAINER"
    })
    void shouldPassWhenTheSandboxIsolatesAsAskedOrBetter(Isolation given, Isolation asked) throws Exception {
        CheckReport report = new IsolationCheck(given).run(trial(asked));

        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(report.ends()).isFalse();
    }

    @Test
    void shouldRunNothingAndAskAPersonWhenTheSandboxIsWeakerThanAsked() throws Exception {
        Trial trial = trial(Isolation.UNSHARE);
        Tried tried = pipeline(Isolation.PROCESS).run(trial);

        assertThat(sandbox.compiled).isEmpty();
        assertThat(sandbox.tested).isEmpty();
        assertThat(tried.results()).extracting(CheckResult::getName).containsExactly("isolation");
        assertThat(DecisionRule.decide(
                        tried, Isolation.PROCESS, trial.job().policy().getAutonomy(), 1))
                .isEqualTo(new Decision.NeedsReview(
                        "isolation: this worker isolates by PROCESS, the policy asks for UNSHARE: nothing was run"));
    }

    @ParameterizedTest
    @CsvSource({"PROCESS, UNSHARE", "UNSHARE, BUBBLEWRAP", "BUBBLEWRAP, CONTAINER"})
    void shouldLeaveItToAPersonAtEveryLevelBelowTheOneAsked(Isolation given, Isolation asked) throws Exception {
        CheckReport report = new IsolationCheck(given).run(trial(asked));

        assertThat(report.ends()).isTrue();
        assertThat(report.outcome()).isEqualTo(CheckOutcome.SKIPPED);
    }

    private CheckPipeline pipeline(Isolation isolation) {
        Duration timeout = Duration.ofSeconds(5);
        return new CheckPipeline(
                List.of(
                        new IsolationCheck(isolation),
                        new CompilesCheck(sandbox, timeout),
                        new ReproductionCheck(sandbox, timeout)),
                () -> 0);
    }

    private Trial trial(Isolation minimum) throws Exception {
        return Trials.trial(
                Trials.baseline(root),
                Proposals.candidate(),
                Proposals.reproducible(),
                AutonomyPolicy.newBuilder().setMinimumIsolation(minimum).build());
    }
}
