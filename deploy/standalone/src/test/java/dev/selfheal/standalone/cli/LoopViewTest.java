package dev.selfheal.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.standalone.loop.Records;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LoopViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void shouldShowEachStepOfTheLoopWithItsTopic() {
        LoopView view = view(false);
        view.errorSeen("selfheal.error-events", Records.error("cart"));
        view.errorSeen("selfheal.error-events", Records.error("cart"));
        view.proposalSeen("selfheal.patch-proposals", Records.proposal("cart", ProposalOutcome.PROPOSED));
        view.verdictSeen("selfheal.patches.approved", Records.verdict("cart", VerdictKind.APPROVED));
        view.caseSeen("selfheal.healing-cases", Records.inState("cart", CaseState.APPROVED, "approved by evidence"));
        assertThat(printed())
                .containsOnlyOnce("NullPointerException: because \"x\" is null")
                .contains("at org.example.Cart.total (line 7)")
                .contains("1 candidate (1 null-guard)")
                .contains("null-guard by reproduction: still fails")
                .containsPattern("ok +compiles +120 ms +1 class")
                .contains("APPROVED: the reproduction fails before and passes after")
                .contains("→ selfheal.patches.approved")
                .doesNotContain("\u001b[");
    }

    @Test
    void shouldSayWhyNothingWasProposed() {
        view(false).proposalSeen("t", Records.proposal("cart", ProposalOutcome.NOTHING_FOUND));
        assertThat(printed()).contains("none: no template fits");
    }

    @Test
    void shouldColourADiffByTheKindOfLine() {
        new Terminal(new PrintStream(bytes, true, UTF_8), true).diff("@@ -1 +1 @@\n-a\n+b\n c\n");
        assertThat(printed())
                .contains("\u001b[36m@@ -1 +1 @@\u001b[0m")
                .contains("\u001b[31m-a\u001b[0m")
                .contains("\u001b[32m+b\u001b[0m");
    }

    private LoopView view(boolean colour) {
        Terminal terminal = new Terminal(new PrintStream(bytes, true, UTF_8), colour);
        return new LoopView(new Timeline(terminal), terminal);
    }

    private String printed() {
        return bytes.toString(UTF_8);
    }
}
