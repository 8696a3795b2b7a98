package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the filter on a small interpreter of classic BPF, so that machines we do not test on are covered too. */
class SeccompFilterTest {

    private static final int X86_64 = 0xC000003E;
    private static final int AARCH64 = 0xC00000B7;
    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int EPERM = 0x50001;
    private static final int ENOSYS = 0x50026;
    private static final int EAFNOSUPPORT = 0x50061;
    private static final long THREAD_FLAGS = 0x3d0f00; // what glibc's pthread_create passes

    private final BpfMachine x86 =
            BpfMachine.load(SeccompFilter.forArchitecture("amd64").orElseThrow());
    private final BpfMachine arm =
            BpfMachine.load(SeccompFilter.forArchitecture("aarch64").orElseThrow());

    @Test
    void shouldAllowOrdinaryCalls() {
        assertThat(x86.run(X86_64, 0, 0, 0)).as("read").isEqualTo(ALLOW);
        assertThat(x86.run(X86_64, 257, 0, 0)).as("openat").isEqualTo(ALLOW);
        assertThat(arm.run(AARCH64, 63, 0, 0)).as("read").isEqualTo(ALLOW);
        assertThat(arm.run(AARCH64, 56, 0, 0)).as("openat").isEqualTo(ALLOW);
    }

    @Test
    void shouldKillCallsOfAnotherArchitecture() {
        assertThat(x86.run(0x40000003, 0, 0, 0)).as("32-bit call").isEqualTo(KILL);
        assertThat(arm.run(X86_64, 0, 0, 0)).isEqualTo(KILL);
    }

    @Test
    void shouldRefuseCallsThroughTheX32Table() {
        assertThat(x86.run(X86_64, 0x40000000 + 57, 0, 0)).isEqualTo(ENOSYS);
    }

    @Test
    void shouldAllowThreadsAndRefuseProcesses() {
        assertThat(x86.run(X86_64, 56, THREAD_FLAGS, 0)).as("thread").isEqualTo(ALLOW);
        assertThat(x86.run(X86_64, 56, 0x11, 0)).as("fork through clone").isEqualTo(EPERM);
        assertThat(x86.run(X86_64, 57, 0, 0)).as("fork").isEqualTo(EPERM);
        assertThat(x86.run(X86_64, 58, 0, 0)).as("vfork").isEqualTo(EPERM);
        assertThat(arm.run(AARCH64, 220, THREAD_FLAGS, 0)).as("thread").isEqualTo(ALLOW);
        assertThat(arm.run(AARCH64, 220, 0x11, 0)).as("fork through clone").isEqualTo(EPERM);
    }

    @Test
    void shouldRefuseNewNamespacesEvenWithThreads() {
        assertThat(x86.run(X86_64, 56, THREAD_FLAGS | 0x10000000, 0))
                .as("CLONE_NEWUSER")
                .isEqualTo(EPERM);
        assertThat(x86.run(X86_64, 272, 0x10000000, 0)).as("unshare").isEqualTo(EPERM);
    }

    @Test
    void shouldSendClone3ToClone() {
        assertThat(x86.run(X86_64, 435, 0, 0)).isEqualTo(ENOSYS);
        assertThat(arm.run(AARCH64, 435, 0, 0)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "10, true", "16, false", "17, false", "38, false", "40, false"})
    void shouldAllowUnixAndIpSocketsOnly(int family, boolean allowed) {
        int expected = allowed ? ALLOW : EAFNOSUPPORT;

        assertThat(x86.run(X86_64, 41, family, 0)).isEqualTo(expected);
        assertThat(arm.run(AARCH64, 198, family, 0)).isEqualTo(expected);
    }

    @Test
    void shouldRefuseToTypeIntoTheTerminal() {
        assertThat(x86.run(X86_64, 16, 0, 0x5412)).as("TIOCSTI").isEqualTo(EPERM);
        assertThat(x86.run(X86_64, 16, 0, 0x541b)).as("FIONREAD").isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource({"101, 117", "165, 40", "250, 219", "321, 280", "425, 425", "308, 268", "310, 270", "304, 265"})
    void shouldRefuseKernelInterfacesOnBothMachines(int onX86, int onArm) {
        assertThat(x86.run(X86_64, onX86, 0, 0)).isEqualTo(EPERM);
        assertThat(arm.run(AARCH64, onArm, 0, 0)).isEqualTo(EPERM);
    }

    @Test
    void shouldHaveNoFilterForMachinesItHasNoNumbersOf() {
        assertThat(SeccompFilter.forArchitecture("riscv64")).isEmpty();
    }
}
