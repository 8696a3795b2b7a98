package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OwnFramesTest {

    /** Looking up each of its prefixes would copy 250 GB. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldMarkAFrameWhoseNameIsAMegabyteOfDots() {
        StackFrame frame = new StackFrame("a.".repeat(500_000) + "B", "c", "B.java", 3, false);

        List<ExceptionInfo> marked = OwnFrames.mark(List.of(new ExceptionInfo("x.Y", null, List.of(frame))), List.of());

        assertThat(marked.get(0).getFrames().get(0).getInApp()).isTrue();
    }
}
