package dev.selfheal.ingest.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.sentry.EnvelopeItem;
import dev.selfheal.ingest.sentry.SentryEventParser;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DraftScrubberTest {

    @Test
    void shouldScrubMessagesTagsAndReleaseOfAnEvent() {
        ScrubCount count = new ScrubCount();
        List<StackFrame> frames = List.of(new StackFrame("a.B", "c", "B.java", 1, true));
        ErrorEventDraft plain =
                ErrorEventDraft.of("cart", List.of(new ExceptionInfo("a.E", "to jane@example.org", frames)));
        ErrorEventDraft draft = new ErrorEventDraft(
                plain.service(),
                plain.eventId(),
                "prod",
                Optional.of("1.0 by jane@example.org"),
                plain.commit(),
                plain.platform(),
                plain.severity(),
                plain.occurredAt(),
                plain.protocol(),
                plain.exceptions(),
                Map.of("user", "jane@example.org", "session_id", "17", "region", "eu-1"),
                plain.traceId(),
                plain.reproduction(),
                List.of("{{ default }}", "jane@example.org"),
                true);

        ErrorEventDraft clean = new DraftScrubber(new Scrubber(List.of())).scrub(draft, count);

        assertThat(clean.exceptions()).containsExactly(new ExceptionInfo("a.E", "to [scrubbed:email]", frames));
        assertThat(clean.tags())
                .containsOnly(
                        Map.entry("user", "[scrubbed:email]"),
                        Map.entry("session_id", "[scrubbed:tag]"),
                        Map.entry("region", "eu-1"));
        assertThat(clean.release()).contains("1.0 by [scrubbed:email]");
        assertThat(clean.markedBySender()).isTrue();
        assertThat(clean.fingerprint()).containsExactly("{{ default }}", "[scrubbed:email]");
        assertThat(count.byKind()).containsOnly(Map.entry("email", 4), Map.entry("tag", 1));
    }

    @Test
    void shouldScrubATagBeforeItIsCut() throws InvalidEventException {
        String value =
                "x".repeat(ContractBounds.MAX_TAG_VALUE - 44) + " postgres://user:" + "HUNTER-".repeat(9) + "@db/x";
        byte[] event = ("{\"exception\":{\"values\":[{\"type\":\"E\"}]},\"tags\":{\"dsn\":\"" + value + "\"}}")
                .getBytes(UTF_8);
        ErrorEventDraft draft = new SentryEventParser(new Limits(1 << 20, 1 << 20, 10, 32, 100))
                .parse(event, new EnvelopeItem(1, "event", 0, event.length), Project.OPEN, "7", Optional.empty())
                .orElseThrow();

        String tag = new DraftScrubber(new Scrubber(List.of()))
                .scrub(draft, new ScrubCount())
                .tags()
                .get("dsn");

        assertThat(tag).doesNotContain("HUNTER").hasSizeLessThanOrEqualTo(ContractBounds.MAX_TAG_VALUE);
    }
}
