package dev.selfheal.patch.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTextTest {

    @Test
    void shouldSplitAtBothLineEndsAndKeepThemOutOfLines() {
        SourceText text = SourceText.of("A.java", "a\r\nb\nc");

        assertThat(text.lines()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldCountNoLineAfterAFinalLineEnd() {
        assertThat(SourceText.of("A.java", "a\n").lines()).containsExactly("a");
        assertThat(SourceText.of("A.java", "a\n\n").lines()).containsExactly("a", "");
        assertThat(SourceText.of("A.java", "").lines()).isEmpty();
    }

    @Test
    void shouldReadBytesThatAreNotUtf8WithoutLoss() {
        byte[] bytes = "// Grüße\n".getBytes(StandardCharsets.ISO_8859_1);

        SourceText text = SourceText.of("A.java", bytes);

        assertThat(text.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat((text.text() + "\n").getBytes(text.charset())).isEqualTo(bytes);
    }

    @Test
    void shouldFindTheOffsetOfALineAndColumn() {
        SourceText text = SourceText.of("A.java", "ab\r\ncd\n");

        assertThat(text.text().charAt(text.offset(2, 2))).isEqualTo('d');
    }

    @Test
    void shouldMakeOneHunkPerChangedStretch() {
        SourceText original = SourceText.of("A.java", "a\nb\nc\nd\n");

        FileEdit edit = FileEdits.between(original, List.of("a", "B", "c", "d", "e"));

        assertThat(edit.getBaseSha256()).contains(original.sha256());
        assertThat(edit.getHunks())
                .satisfiesExactly(
                        hunk -> {
                            assertThat(hunk.getStartLine()).isEqualTo(2);
                            assertThat(hunk.getBefore()).containsExactly("b");
                            assertThat(hunk.getAfter()).containsExactly("B");
                        },
                        hunk -> {
                            assertThat(hunk.getStartLine()).isEqualTo(5);
                            assertThat(hunk.getBefore()).isEmpty();
                            assertThat(hunk.getAfter()).containsExactly("e");
                        });
    }
}
