package dev.selfheal.validation.sandbox;

import dev.selfheal.event.Isolation;
import org.junit.jupiter.api.Test;

class BubblewrapIT extends KernelIsolationContract {

    @Override
    Isolation isolation() {
        return Isolation.BUBBLEWRAP;
    }

    @Test
    void shouldRefuseToStartProcesses() throws Exception {
        assertHeld(runBody("""
                        Assertions.assertThrows(IOException.class,
                            () -> new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version").start());
                        """));
    }
}
