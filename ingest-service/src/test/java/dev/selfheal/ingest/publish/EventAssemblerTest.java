package dev.selfheal.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.Traces;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventAssemblerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    private final EventAssembler assembler =
            new EventAssembler(InAppPackages.parse(List.of("cart=org.apache.commons")), new Scrubber(List.of()));

    @Test
    void shouldMarkFramesOfConfiguredPackages() {
        ErrorEvent event =
                assemble(Traces.draft("a.E\n\tat org.apache.commons.A.b(A.java:1)\n\tat org.example.C.d(C.java:2)\n"));

        assertThat(event.getExceptions().get(0).getFrames())
                .extracting(StackFrame::getInApp)
                .containsExactly(true, false);
    }

    @Test
    void shouldKeepInnermostFramesOfAnOverflow() {
        ErrorEvent event = assemble(
                Traces.draft("java.lang.StackOverflowError\n" + "\tat org.example.A.b(A.java:1)\n".repeat(1_024)));

        assertThat(event.getExceptions().get(0).getFrames()).hasSize(ContractBounds.MAX_FRAMES);
    }

    @Test
    void shouldKeepOutermostExceptionAndRootCauseOfALongChain() {
        List<ExceptionInfo> chain = IntStream.range(0, 40)
                .mapToObj(i -> new ExceptionInfo("a.E" + i, null, List.of()))
                .toList();

        ErrorEvent event = assemble(ErrorEventDraft.of("cart", chain));

        assertThat(event.getExceptions())
                .hasSize(16)
                .first()
                .extracting(ExceptionInfo::getType)
                .isEqualTo("a.E0");
        assertThat(event.getExceptions())
                .last()
                .extracting(ExceptionInfo::getType)
                .isEqualTo("a.E39");
    }

    @Test
    void shouldScrubBeforeItCuts() {
        String secret = "jane.doe@example.org";
        String message = "x".repeat(ContractBounds.MAX_MESSAGE - secret.length() / 2 - 1) + " " + secret;

        ErrorEvent event = assemble(ErrorEventDraft.of("cart", List.of(new ExceptionInfo("a.E", message, List.of()))));

        assertThat(event.getExceptions().get(0).getMessage())
                .hasValueSatisfying(kept -> assertThat(kept)
                        .hasSizeLessThanOrEqualTo(ContractBounds.MAX_MESSAGE)
                        .doesNotContain("jane"));
    }

    @Test
    void shouldNotCutInsideASurrogatePair() {
        String message = "x".repeat(ContractBounds.MAX_MESSAGE - 1) + "\ud83d\ude00";

        assertThat(ContractBounds.shorten(message)).hasSize(ContractBounds.MAX_MESSAGE - 1);
    }

    @Test
    void shouldGroupTheSameWhateverTheSecretWas() {
        assertThat(assemble(Traces.draft("a.E: mail to jane@example.org")).getGroup())
                .isEqualTo(
                        assemble(Traces.draft("a.E: mail to joe@example.net")).getGroup());
    }

    private ErrorEvent assemble(ErrorEventDraft draft) {
        return assembler.assemble(draft, NOW, new ScrubCount());
    }
}
