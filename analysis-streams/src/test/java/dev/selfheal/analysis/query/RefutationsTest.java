package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefutationsTest {

    @Test
    void shouldShowEachOnOneLine() {
        assertThat(Refutations.of(
                        refutedBy(new Feedback(1, "compiles", "patch p1: 2 errors\n  A.java:3\r\n\nB.java:4\n"))))
                .singleElement()
                .hasToString(
                        "{\"attempt\":1,\"check\":\"compiles\",\"message\":\"patch p1: 2 errors; A.java:3; B.java:4\"}");
    }

    @Test
    void shouldShowEachOnceInOrder() {
        Feedback first = new Feedback(1, "compiles", "patch p1: no");
        Feedback second = new Feedback(1, "compiles", "patch p2: no");

        assertThat(Refutations.of(refutedBy(first, second, first, new Feedback(1, "compiles", "patch p2: no\n"))))
                .extracting(line -> line.get("message").asText())
                .containsExactly("patch p1: no", "patch p2: no");
    }

    private static HealingCase refutedBy(Feedback... feedback) {
        return HealingCase.newBuilder()
                .setCaseId("case-1")
                .setGroup("group")
                .setService("shop")
                .setState(CaseState.EXHAUSTED)
                .setOpenedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .setFeedback(List.of(feedback))
                .build();
    }
}
