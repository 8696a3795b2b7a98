package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OwnFramesTest {

    private static final String NODE = """
            TypeError: x is undefined
                at query (/srv/shop/db/pool.js:3:1)
                at total (/srv/shop/cart/cart.js:10:4)
                at handle (/srv/shop/node_modules/express/lib/router.js:1:1)
            """;

    /** Looking up each of its prefixes would copy 250 GB. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldMarkAFrameWhoseNameIsAMegabyteOfDots() {
        StackFrame frame = new StackFrame("a.".repeat(500_000) + "B", "c", "B.java", 3, false);

        assertThat(marks(List.of(frame), List.of())).containsExactly(true);
    }

    @Test
    void shouldTrustMarksOfTheSender() throws Exception {
        String event = """
                {"service": "cart", "exceptions": [{"type": "a.E", "frames": [
                  {"module": "org.example.Other", "function": "b"},
                  {"module": "org.springframework.Own", "function": "a", "inApp": true}]}]}
                """;
        byte[] utf8 = event.getBytes(StandardCharsets.UTF_8);
        ErrorEventDraft draft =
                new JsonEventParser(Limits.DEFAULT).parse(utf8, 0, utf8.length).draft();

        assertThat(marks(OwnFrames.mark(draft, List.of("org.example")))).containsExactly(false, true);
    }

    @Test
    void shouldMarkWhatConfiguredPackagesHold() {
        List<StackFrame> frames = List.of(
                new StackFrame("org.apache.commons.lang3.StringUtils", "a", null, 0, false),
                new StackFrame("org.apache.commons.lang30.Other", "b", null, 0, false),
                new StackFrame("org.example.Other", "c", null, 0, false));

        assertThat(marks(frames, List.of("org.apache.commons.lang3"))).containsExactly(true, false, false);
    }

    @Test
    void shouldMarkScriptsByTheirPathsWithoutConfiguredPackages() {
        assertThat(marks(node(), List.of())).containsExactly(true, true, false);
    }

    /** What was read off a path is a guess of ours, not a word of the sender. */
    @Test
    void shouldMarkWhatConfiguredPackagesHoldOfScriptsToo() {
        assertThat(marks(node(), List.of("cart"))).containsExactly(false, true, false);
        assertThat(marks(node(), List.of("cart/cart"))).containsExactly(false, true, false);
        assertThat(marks(node(), List.of("express"))).containsExactly(false, false, true);
    }

    /** Packages may be configured for all services, whatever language they are written in. */
    @Test
    void shouldLeaveMarksByPathsWhereConfiguredPackagesHoldNothing() {
        assertThat(marks(node(), List.of("org.example", "car"))).containsExactly(true, true, false);
    }

    private static List<StackFrame> node() {
        return StackTraceParser.of("javascript")
                .orElseThrow()
                .parse(NODE)
                .get(0)
                .getFrames();
    }

    private static List<Boolean> marks(List<StackFrame> frames, List<String> packages) {
        List<ExceptionInfo> chain = List.of(new ExceptionInfo("a.E", null, frames));
        return marks(OwnFrames.mark(ErrorEventDraft.of("cart", chain), packages));
    }

    private static List<Boolean> marks(ErrorEventDraft draft) {
        return draft.exceptions().get(0).getFrames().stream()
                .map(StackFrame::getInApp)
                .toList();
    }
}
