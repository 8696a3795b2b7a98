package dev.selfheal.validation.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.validation.SampleProject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every accepted edit is checked against git itself: {@code git apply} must make the same bytes. */
class StrictEditsTest {

    private static final String FILE = "src/A.java";

    @TempDir
    private Path root;

    @Test
    void shouldReplaceExactlyTheNamedLines() throws Exception {
        base("a\nb\nc\n");
        assertThat(applied(hunk(2, List.of("b"), List.of("B", "B2")))).isEqualTo("a\nB\nB2\nc\n");
    }

    @Test
    void shouldKeepCarriageReturnsWhenTheFileHasThem() throws Exception {
        base("a\r\nb\r\nc\r\n");
        assertThat(applied(hunk(2, List.of("b"), List.of("B", "B2")))).isEqualTo("a\r\nB\r\nB2\r\nc\r\n");
    }

    @Test
    void shouldKeepTheMissingNewlineWhenTheLastLineIsReplaced() throws Exception {
        base("a\nb\nc");
        assertThat(applied(hunk(3, List.of("c"), List.of("C", "D")))).isEqualTo("a\nb\nC\nD");
    }

    @Test
    void shouldKeepTheMissingNewlineWhenAnEarlierLineIsReplaced() throws Exception {
        base("a\nb\nc");
        assertThat(applied(hunk(1, List.of("a"), List.of("A")))).isEqualTo("A\nb\nc");
    }

    @Test
    void shouldEndTheOldLastLineWhenLinesAreAppendedAfterIt() throws Exception {
        base("a\nb");
        assertThat(applied(hunk(3, List.of(), List.of("c")))).isEqualTo("a\nb\nc");
    }

    @Test
    void shouldInsertBeforeTheFirstLine() throws Exception {
        base("a\nb\n");
        assertThat(applied(hunk(1, List.of(), List.of("x")))).isEqualTo("x\na\nb\n");
    }

    @Test
    void shouldRemoveLinesWhenNothingReplacesThem() throws Exception {
        base("a\nb\nc\n");
        assertThat(applied(hunk(2, List.of("b", "c"), List.of()))).isEqualTo("a\n");
    }

    @Test
    void shouldApplySeveralHunksThatAreFarApart() throws Exception {
        base("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n");
        String text = applied(
                hunk(2, List.of("2"), List.of("two", "zwei")),
                hunk(9, List.of("9"), List.of()),
                hunk(19, List.of("19"), List.of("neunzehn")));
        assertThat(text).startsWith("1\ntwo\nzwei\n3\n").contains("8\n10\n").endsWith("neunzehn\n20\n");
    }

    @Test
    void shouldCreateAFile() throws Exception {
        base("a\n");
        FileEdit edit = FileEdit.newBuilder()
                .setPath("src/B.java")
                .setHunks(List.of(hunk(1, List.of(), List.of("class B {", "}"))))
                .build();
        AppliedPatch patch = new StrictEdits(root, GitTree.list(root)).apply(List.of(edit));
        assertThat(byGit(patch, "src/B.java")).isEqualTo("class B {\n}\n");
    }

    @Test
    void shouldKeepLatin1BytesWhenTheyAreFarFromTheChange() throws Exception {
        base("\u00e9\n1\n2\n3\n4\n5\n", StandardCharsets.ISO_8859_1);
        AppliedPatch patch = apply(edit(hunk(6, List.of("5"), List.of("five"))));
        assertThat(patch.files().get(0).after().bytes())
                .isEqualTo("\u00e9\n1\n2\n3\n4\nfive\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldRefuseWhenADiffInUtf8CouldNotCarryTheFilesBytes() throws Exception {
        base("\u00e9\n1\n2\n", StandardCharsets.ISO_8859_1);
        assertThat(refused(edit(hunk(2, List.of("1"), List.of("one")))).ruleId())
                .isEqualTo("SH-APPLY-ENCODING");
    }

    @Test
    void shouldRefuseWhenTheLineIsAnotherOne() throws Exception {
        base("a\nb\nb\n");
        PatchRefused refused = refused(edit(hunk(1, List.of("b"), List.of("B"))));
        assertThat(refused.ruleId()).isEqualTo("SH-APPLY-MISMATCH");
        assertThat(refused.line()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenOnlyWhiteSpaceDiffers() throws Exception {
        base("a\n  b\n");
        assertThat(refused(edit(hunk(2, List.of(" b"), List.of("B")))).ruleId()).isEqualTo("SH-APPLY-MISMATCH");
    }

    @Test
    void shouldRefuseWhenHunksOverlap() throws Exception {
        base("a\nb\nc\n");
        assertThat(refused(edit(hunk(1, List.of("a", "b"), List.of("x")), hunk(2, List.of("b"), List.of("y"))))
                        .ruleId())
                .isEqualTo("SH-APPLY-HUNK");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 5, Integer.MAX_VALUE})
    void shouldRefuseLinesOutsideTheFile(int line) throws Exception {
        base("a\nb\nc\n");
        assertThat(refused(edit(hunk(line, List.of(), List.of("x")))).ruleId()).isEqualTo("SH-APPLY-HUNK");
    }

    @Test
    void shouldRefuseWhenTheHunkRunsPastTheEnd() throws Exception {
        base("a\nb\n");
        assertThat(refused(edit(hunk(2, List.of("b", "c"), List.of("x")))).ruleId())
                .isEqualTo("SH-APPLY-HUNK");
    }

    @Test
    void shouldRefuseAnotherVersionOfTheFile() throws Exception {
        base("a\n");
        FileEdit stale = FileEdit.newBuilder(edit(hunk(1, List.of("a"), List.of("b"))))
                .setBaseSha256("0".repeat(64))
                .build();
        assertThat(refused(stale).ruleId()).isEqualTo("SH-APPLY-BASE");
    }

    @Test
    void shouldRefuseALineThatSmugglesALineEnd() throws Exception {
        base("a\n");
        assertThat(refused(edit(hunk(1, List.of("a"), List.of("b\nc")))).ruleId())
                .isEqualTo("SH-APPLY-LINE");
        assertThat(refused(edit(hunk(1, List.of("a"), List.of("b\rc")))).ruleId())
                .isEqualTo("SH-APPLY-LINE");
    }

    @Test
    void shouldRefuseAnEditThatChangesNothing() throws Exception {
        base("a\n");
        assertThat(refused(edit(hunk(1, List.of("a"), List.of("a")))).ruleId()).isEqualTo("SH-APPLY-NOTHING");
        assertThat(refused(edit()).ruleId()).isEqualTo("SH-APPLY-NOTHING");
    }

    @Test
    void shouldRefuseToDelete() throws Exception {
        base("a\n");
        FileEdit deletion = FileEdit.newBuilder(edit()).setDeletes(true).build();
        assertThat(refused(deletion).ruleId()).isEqualTo("SH-APPLY-DELETE");
    }

    @Test
    void shouldRefuseASymbolicLinkAndWhatLiesBehindOne() throws Exception {
        base("a\n");
        Files.createSymbolicLink(root.resolve("link.java"), Path.of("src/A.java"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("src"));
        assertThat(refused(FileEdit.newBuilder(edit()).setPath("link.java").build())
                        .ruleId())
                .isEqualTo("SH-APPLY-LINK");
        assertThat(refused(FileEdit.newBuilder(edit()).setPath("folder/A.java").build())
                        .ruleId())
                .isEqualTo("SH-APPLY-LINK");
    }

    @Test
    void shouldRefuseToCreateAFileThatIsThere() throws Exception {
        base("a\n");
        FileEdit creation = FileEdit.newBuilder()
                .setPath(FILE)
                .setHunks(List.of(hunk(1, List.of(), List.of("x"))))
                .build();
        assertThat(refused(creation).ruleId()).isEqualTo("SH-APPLY-EXISTS");
    }

    @Test
    void shouldRefuseTwoEditsOfOneFile() throws Exception {
        base("a\nb\n");
        FileEdit once = edit(hunk(1, List.of("a"), List.of("A")));
        StrictEdits edits = new StrictEdits(root, GitTree.list(root));
        PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> edits.apply(List.of(once, once)));
        assertThat(refused.ruleId()).isEqualTo("SH-APPLY-TWICE");
    }

    private void base(String text) throws IOException {
        base(text, StandardCharsets.UTF_8);
    }

    private void base(String text, Charset charset) throws IOException {
        Files.createDirectories(root.resolve("src"));
        Files.write(root.resolve(FILE), text.getBytes(charset));
    }

    private static Hunk hunk(int line, List<String> before, List<String> after) {
        return new Hunk(line, before, after);
    }

    private FileEdit edit(Hunk... hunks) throws IOException {
        return FileEdit.newBuilder()
                .setPath(FILE)
                .setBaseSha256(StrictEdits.sha256(Files.readAllBytes(root.resolve(FILE))))
                .setHunks(List.of(hunks))
                .build();
    }

    private AppliedPatch apply(FileEdit edit) throws Exception {
        return new StrictEdits(root, GitTree.list(root)).apply(List.of(edit));
    }

    private PatchRefused refused(FileEdit edit) {
        return catchThrowableOfType(PatchRefused.class, () -> apply(edit));
    }

    private String applied(Hunk... hunks) throws Exception {
        AppliedPatch patch = apply(edit(hunks));
        String text = patch.files().get(0).after().text();
        assertThat(byGit(patch, FILE)).as(patch.diff()).isEqualTo(text);
        return text;
    }

    /** The file after {@code git apply} of the canonical diff. */
    private String byGit(AppliedPatch patch, String file) throws Exception {
        Path diff = Files.write(root.resolve("patch.diff"), patch.diff().getBytes(StandardCharsets.UTF_8));
        SampleProject.run(root, "init", "--quiet");
        SampleProject.run(root, "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", diff.toString());
        return Files.readString(root.resolve(file));
    }
}
