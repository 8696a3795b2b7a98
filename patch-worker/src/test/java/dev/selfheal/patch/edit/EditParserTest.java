package dev.selfheal.patch.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditParserTest {

    private static final String ORIGINAL = """
            class Cart {
                int total(int[] prices) {
                    int sum = 0;
                    for (int i = 0; i <= prices.length; i++) {
                        sum += prices[i];
                    }
                    return sum;
                }

                int count(int[] prices) {
                    return prices.length;
                }
            }
            """;

    @TempDir
    Path root;

    @BeforeEach
    void writeFile() throws IOException {
        Files.createDirectories(root.resolve("src"));
        Files.writeString(root.resolve("src/Cart.java"), ORIGINAL);
    }

    @Test
    void shouldReadASearchReplaceBlock() {
        assertThat(changed(block(
                        "src/Cart.java",
                        "i <= prices.length; i++) {",
                        "i < prices.length; i++) {",
                        "        for (int i = 0; ")))
                .isEqualTo(ORIGINAL.replace("<=", "<"));
    }

    @Test
    void shouldReadSeveralBlocksForOneFileNamedOnce() {
        String reply = """
                The loop went one too far.
                src/Cart.java
                ```java
                <<<<<<< SEARCH
                        int sum = 0;
                =======
                        long sum = 0;
                >>>>>>> REPLACE
                <<<<<<< SEARCH
                        return sum;
                =======
                        return (int) sum;
                >>>>>>> REPLACE
                ```
                """;

        assertThat(changed(reply))
                .isEqualTo(ORIGINAL.replace("int sum", "long sum").replace("return sum", "return (int) sum"));
    }

    @Test
    void shouldForgiveIndentationAndIndentWhatComesAsTheFileDoes() {
        String reply = """
                src/Cart.java
                <<<<<<< SEARCH
                return prices.length;
                =======
                if (prices == null) {
                    return 0;
                }
                return prices.length;
                >>>>>>> REPLACE
                """;

        assertThat(changed(reply))
                .isEqualTo(
                        ORIGINAL.replace(
                                "        return prices.length;",
                                "        if (prices == null) {\n            return 0;\n        }\n        return prices.length;"));
    }

    @Test
    void shouldReadCarriageReturns() {
        String reply = block(
                "src/Cart.java", "i <= prices.length; i++) {", "i < prices.length; i++) {", "        for (int i = 0; ");

        assertThat(changed(reply.replace("\n", "\r\n"))).isEqualTo(ORIGINAL.replace("<=", "<"));
    }

    @Test
    void shouldCreateAFileFromAnEmptySearch() {
        Reading reading =
                EditParser.read(root, "src/Price.java\n<<<<<<< SEARCH\n=======\nclass Price {}\n>>>>>>> REPLACE\n");

        FileEdit edit = ((Reading.Edits) reading).edits().get(0);
        assertThat(edit.getPath()).isEqualTo("src/Price.java");
        assertThat(edit.getBaseSha256()).isEmpty();
        assertThat(edit.getHunks().get(0).getAfter()).containsExactly("class Price {}");
    }

    @Test
    void shouldReadAUnifiedDiffWithWrongCounts() {
        String reply = """
                ```diff
                --- a/src/Cart.java
                +++ b/src/Cart.java
                @@ -40,99 +1,2 @@ class Cart {
                         int sum = 0;
                -        for (int i = 0; i <= prices.length; i++) {
                +        for (int i = 0; i < prices.length; i++) {
                             sum += prices[i];
                ```
                """;

        assertThat(changed(reply)).isEqualTo(ORIGINAL.replace("<=", "<"));
    }

    @Test
    void shouldReadABareHunkHeader() {
        String reply = """
                --- src/Cart.java
                +++ src/Cart.java
                @@
                -        for (int i = 0; i <= prices.length; i++) {
                +        for (int i = 0; i < prices.length; i++) {
                """;

        assertThat(changed(reply)).isEqualTo(ORIGINAL.replace("<=", "<"));
    }

    @Test
    void shouldForgiveOneWrongContextLine() {
        String reply = """
                --- a/src/Cart.java
                +++ b/src/Cart.java
                @@ -3,3 +3,3 @@
                         int total = 0;
                -        for (int i = 0; i <= prices.length; i++) {
                +        for (int i = 0; i < prices.length; i++) {
                             sum += prices[i];
                """;

        assertThat(changed(reply)).isEqualTo(ORIGINAL.replace("<=", "<"));
    }

    @Test
    void shouldReadADeletion() {
        String reply = "--- a/src/Cart.java\n+++ /dev/null\n@@ -1 +0,0 @@\n-class Cart {\n";

        FileEdit edit = ((Reading.Edits) EditParser.read(root, reply)).edits().get(0);

        assertThat(edit.getDeletes()).isTrue();
        assertThat(edit.getHunks()).isEmpty();
    }

    @Test
    void shouldRefuseTwoWrongContextLines() {
        String reply = """
                --- a/src/Cart.java
                +++ b/src/Cart.java
                @@ -3,3 +3,3 @@
                         int total = 0;
                -        for (int i = 0; i <= prices.length; i++) {
                +        for (int i = 0; i < prices.length; i++) {
                             total += prices[i];
                """;

        assertThat(refusal(reply)).contains("nowhere");
    }

    @Test
    void shouldRefuseARemovedLineThatIsNotThere() {
        assertThat(refusal(block("src/Cart.java", "i < prices.size(); i++) {", "i++) {", "        for (int i = 0; ")))
                .contains("nowhere");
    }

    @Test
    void shouldRefuseLinesThatOccurTwice() throws IOException {
        Files.writeString(root.resolve("src/Cart.java"), ORIGINAL + ORIGINAL);

        assertThat(refusal(block(
                        "src/Cart.java", "i <= prices.length; i++) {", "i < 1; i++) {", "        for (int i = 0; ")))
                .contains("2 times");
    }

    @Test
    void shouldRefuseAnInsertionThatSaysNotWhere() {
        assertThat(refusal("--- a/src/Cart.java\n+++ b/src/Cart.java\n@@\n+// hello\n"))
                .contains("does not say");
    }

    @Test
    void shouldRefuseOverlappingEdits() {
        String one = block("src/Cart.java", "int sum = 0;", "long sum = 0;", "        ");

        assertThat(refusal(one + one)).contains("overlap");
    }

    @Test
    void shouldRefuseAnEditThatChangesNothing() {
        assertThat(refusal(block("src/Cart.java", "int sum = 0;", "int sum = 0;", "        ")))
                .contains("changes nothing");
    }

    @Test
    void shouldRefuseATruncatedBlock() {
        assertThat(refusal("src/Cart.java\n<<<<<<< SEARCH\n        int sum = 0;\n=======\n        long sum"))
                .contains("ends without");
    }

    @Test
    void shouldRefuseAStrayMarkerInsideABlock() {
        assertThat(
                        refusal(
                                "src/Cart.java\n<<<<<<< SEARCH\n        int sum = 0;\n=======\nx\n=======\ny\n>>>>>>> REPLACE\n"))
                .contains("expected");
    }

    @Test
    void shouldRefuseAHunkThatIsBrokenOff() {
        String reply =
                "--- a/src/Cart.java\n+++ b/src/Cart.java\n@@\n-        int sum = 0;\nint x;\n+        long sum = 0;\n";

        assertThat(refusal(reply)).contains("does not begin with");
    }

    @Test
    void shouldRefuseProseWithoutAnEdit() {
        assertThat(refusal("I would check the index first.")).contains("no edit block");
    }

    @Test
    void shouldRefuseAPathThatEscapes() {
        assertThat(refusal(block("../../etc/cron.d/x.conf", "a", "b", ""))).contains("not a path inside");
    }

    @Test
    void shouldRefuseToCreateAFileThatExists() {
        assertThat(refusal("src/Cart.java\n<<<<<<< SEARCH\n=======\nclass Cart {}\n>>>>>>> REPLACE\n"))
                .contains("exists");
    }

    @Test
    void shouldRefuseAFileBehindASymbolicLink(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("Secret.java"), "int sum = 0;\n");
        Files.createSymbolicLink(root.resolve("linked"), outside);

        assertThat(refusal(block("linked/Secret.java", "int sum = 0;", "int sum = 1;", "")))
                .contains("no file");
    }

    @Test
    void shouldUseNothingOfAReplyThatIsPartlyUnusable() {
        String good = block("src/Cart.java", "int sum = 0;", "long sum = 0;", "        ");

        assertThat(refusal(good + block("src/Missing.java", "a", "b", ""))).contains("no file src/Missing.java");
    }

    private static String block(String path, String search, String replacement, String before) {
        return path + "\n<<<<<<< SEARCH\n" + before + search + "\n=======\n" + before + replacement
                + "\n>>>>>>> REPLACE\n";
    }

    private String refusal(String reply) {
        Reading reading = EditParser.read(root, reply);
        assertThat(reading).isInstanceOf(Reading.Unusable.class);
        return ((Reading.Unusable) reading).reason();
    }

    private String changed(String reply) {
        Reading reading = EditParser.read(root, reply);
        assertThat(reading).isInstanceOf(Reading.Edits.class);
        FileEdit edit = ((Reading.Edits) reading).edits().get(0);
        List<String> lines = new ArrayList<>(SourceText.toLines(ORIGINAL));
        List<Hunk> hunks = new ArrayList<>(edit.getHunks());
        Collections.reverse(hunks);
        for (Hunk hunk : hunks) {
            int begin = hunk.getStartLine() - 1;
            List<String> replaced =
                    lines.subList(begin, begin + hunk.getBefore().size());
            assertThat(replaced).isEqualTo(hunk.getBefore());
            replaced.clear();
            lines.addAll(begin, hunk.getAfter());
        }
        return String.join("\n", lines) + "\n";
    }
}
