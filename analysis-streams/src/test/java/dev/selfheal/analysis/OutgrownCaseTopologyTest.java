package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.deadletter.BoundedSerializer;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.embedded.LocalRegistry;
import dev.selfheal.event.Alert;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingCase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case whose record is as large as it may be when its deadline passes. */
class OutgrownCaseTopologyTest {

    /** Less than a transition takes. */
    private static final int LEFT = 60;

    /** Its name as long as the other's, so that its record shows what is not the message. */
    private static final String SMALL = "v1:00000000000000000000000000000002";

    @TempDir
    private Path stateDir;

    @Test
    void shouldEndTheCaseThatCannotBeWrittenAndPassTheDeadlinesOfOthers() {
        try (LocalRegistry registry = LocalRegistry.start(OptionalInt.empty(), stateDir.resolve("schemas"));
                LoopDriver loop = new LoopDriver(registry, stateDir)) {
            loop.know(Samples.policy().build());
            loop.send(loop.topics().errorEvents(), event(SMALL, ""), START);
            int overhead =
                    loop.bytes(loop.topics().healingCases().name()).get(0).value().length;
            String message = "x".repeat(BoundedSerializer.MAX_BYTES - overhead - LEFT);
            loop.send(loop.topics().errorEvents(), event(GROUP, message), START);
            loop.passTime(Duration.ofMinutes(11));

            HealingCase ended = loop.<HealingCase>store(CaseProcessor.CASES).get(GROUP);
            assertThat(ended.getState()).isEqualTo(CaseState.EXHAUSTED);
            assertThat(ended.getEvent()).isEmpty();
            assertThat(loop.alerts())
                    .filteredOn(alert -> alert.getSubject().equals(ended.getCaseId()))
                    .extracting(Alert::getName)
                    .containsExactly("HealingExhausted");
            HealingCase other = loop.<HealingCase>store(CaseProcessor.CASES).get(SMALL);
            assertThat(other.getAttempt()).isEqualTo(2);
        }
    }

    private static ErrorEvent event(String group, String message) {
        ExceptionInfo thrown = ExceptionInfo.newBuilder(Samples.exception(Samples.NULL_POINTER))
                .setMessage(message)
                .build();
        return Samples.reproducible(group, START)
                .setGroup(group)
                .setExceptions(List.of(thrown))
                .build();
    }
}
