package dev.selfheal.patch.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceWindowTest {

    private static final List<String> LONG_FILE =
            IntStream.rangeClosed(1, 1_000).mapToObj(i -> "line " + i).toList();

    @Test
    void shouldShowSixtyLinesToEitherSide() {
        SourceWindow window = SourceWindow.around("A.java", LONG_FILE, 500);

        assertThat(window.firstLine()).isEqualTo(440);
        assertThat(window.lastLine()).isEqualTo(560);
        assertThat(window.lines().get(0)).isEqualTo("line 440");
    }

    @Test
    void shouldStopAtTheEndsOfTheFile() {
        SourceWindow window = SourceWindow.around("A.java", List.of("a", "b", "c"), 2);

        assertThat(window.lines()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldTakeNearestLineWhenTraceAndFileDisagree() {
        assertThat(SourceWindow.around("A.java", List.of("a", "b", "c"), 99).focus())
                .isEqualTo(3);
        assertThat(SourceWindow.around("A.java", List.of("a", "b", "c"), 0).focus())
                .isEqualTo(1);
    }

    @Test
    void shouldKeepLineOfInterestWhenLinesAreLong() {
        SourceWindow window = SourceWindow.around("A.java", Collections.nCopies(1_000, "x".repeat(1_000)), 500);

        assertThat(window.shows("A.java", 500)).isTrue();
        assertThat(window.text().length()).isLessThanOrEqualTo(SourceWindow.MAX_CHARACTERS);
    }
}
