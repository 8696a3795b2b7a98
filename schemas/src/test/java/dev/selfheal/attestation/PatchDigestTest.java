package dev.selfheal.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchDigestTest {

    private static final String BASE = "ab";

    @Test
    void shouldDigestTheDocumentedForm() {
        List<FileEdit> edits = List.of(
                edit("b/New.java", null, hunk(1, List.of(), List.of("é"))),
                edit("a/Old.java", BASE, hunk(7, List.of("x", "y"), List.of("x", "z", "w"))));
        String form = """
                selfheal-patch-v1
                file 10:a/Old.java
                modify
                hunk 8 1 2
                -1:y
                +1:z
                +1:w
                file 10:b/New.java
                create
                hunk 1 0 1
                +2:é
                """;
        assertThat(PatchDigest.canonical(edits)).isEqualTo(form);
        assertThat(PatchDigest.of(edits)).isEqualTo(PatchDigest.sha256(form)).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldBeTheSameWhateverTheOrderOfFilesAndHunks() {
        FileEdit first = edit("A", BASE, hunk(1, List.of("a"), List.of("b")), hunk(9, List.of("c"), List.of("d")));
        FileEdit turned = edit("A", BASE, hunk(9, List.of("c"), List.of("d")), hunk(1, List.of("a"), List.of("b")));
        FileEdit second = edit("B", BASE, hunk(1, List.of("a"), List.of("b")));
        assertThat(PatchDigest.of(List.of(first, second))).isEqualTo(PatchDigest.of(List.of(second, turned)));
    }

    @Test
    void shouldBeTheSameHoweverMuchContextCameAlong() {
        FileEdit bare = edit("A", BASE, hunk(5, List.of("old"), List.of("new")));
        FileEdit wordy = edit(
                "A",
                BASE,
                hunk(3, List.of("{", "", "old", "}"), List.of("{", "", "new", "}")),
                hunk(20, List.of("s"), List.of("s")));
        FileEdit unrelated = edit("B", BASE, hunk(1, List.of("s"), List.of("s")));
        assertThat(PatchDigest.of(List.of(wordy, unrelated))).isEqualTo(PatchDigest.of(List.of(bare)));
    }

    @Test
    void shouldBeTheSameWhetherTouchingHunksAreOneOrTwo() {
        FileEdit one = edit("A", BASE, hunk(5, List.of("a", "b"), List.of("c", "d")));
        FileEdit two = edit("A", BASE, hunk(5, List.of("a"), List.of("c")), hunk(6, List.of("b"), List.of("d")));
        assertThat(PatchDigest.of(List.of(one))).isEqualTo(PatchDigest.of(List.of(two)));
    }

    @Test
    void shouldTellApartWhatIsNotTheSame() {
        assertThat(List.of(
                        edit("A", BASE, hunk(5, List.of("a"), List.of("b"))),
                        edit("B", BASE, hunk(5, List.of("a"), List.of("b"))),
                        edit("A", BASE, hunk(6, List.of("a"), List.of("b"))),
                        edit("A", BASE, hunk(5, List.of("a"), List.of("b", ""))),
                        edit("A", BASE, hunk(5, List.of("a"), List.of("b "))),
                        edit("A", BASE, hunk(5, List.of(), List.of("b"))),
                        edit("A", null, hunk(5, List.of("a"), List.of("b"))),
                        new FileEdit("A", BASE, true, List.of())))
                .extracting(edit -> PatchDigest.of(List.of(edit)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotTakeContentForStructure() {
        FileEdit twoLines = edit("A", BASE, hunk(1, List.of(), List.of("x", "y")));
        FileEdit oneLine = edit("A", BASE, hunk(1, List.of(), List.of("x\n+1:y")));
        assertThat(PatchDigest.of(List.of(twoLines))).isNotEqualTo(PatchDigest.of(List.of(oneLine)));
    }

    private static FileEdit edit(String path, String base, Hunk... hunks) {
        return new FileEdit(path, base, false, List.of(hunks));
    }

    private static Hunk hunk(int start, List<String> before, List<String> after) {
        return new Hunk(start, before, after);
    }
}
