package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesIT {

    private static final CompileJob JOB =
            new CompileJob(Map.of("A.java", "class A {}"), List.of(), List.of(), Duration.ofSeconds(60));

    @TempDir
    Path state;

    @Test
    void shouldTakeTheStrongestThatWorksAndLeaveNothingBehind() throws Exception {
        try (Sandbox sandbox = Sandboxes.open(SandboxConfig.defaults().withStateDirectory(state))) {
            assertThat(sandbox.isolation()).isGreaterThanOrEqualTo(Isolation.PROCESS);
            assertThat(sandbox.isolationDetail()).isNotBlank();
            assertThat(sandbox.compile(JOB)).isInstanceOf(Compiled.class);
            assertThat(sandbox.compile(JOB)).isInstanceOf(Compiled.class);
        }

        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void shouldCloseTwiceAndRefuseJobsAfterwards() throws Exception {
        Sandbox sandbox = Sandboxes.open(SandboxConfig.defaults().withStateDirectory(state));

        sandbox.close();
        sandbox.close();

        assertThat(sandbox.compile(JOB)).isInstanceOf(CompileOutcome.Stopped.class);
    }

    @Test
    void shouldRefuseWhenNothingReachesTheMinimum() {
        SandboxConfig config = SandboxConfig.defaults()
                .withStateDirectory(state)
                .withForced(Isolation.PROCESS)
                .withMinimum(Isolation.BUBBLEWRAP);

        assertThatThrownBy(() -> Sandboxes.open(config))
                .isInstanceOf(HealingException.class)
                .hasMessageContaining("forced: PROCESS, minimum: BUBBLEWRAP");
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void shouldSayWhyWhenJdkCannotBeUsed(@TempDir Path notJdk) {
        SandboxConfig config =
                SandboxConfig.defaults().withStateDirectory(state).withJavaHome(notJdk);

        assertThatThrownBy(() -> Sandboxes.open(config))
                .isInstanceOf(HealingException.class)
                .hasMessageContaining("PROCESS does not work")
                .hasMessageContaining("bin/java");
    }
}
