package dev.selfheal.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads through Maven. Skipped where neither a repository nor a cached copy can be had. */
class CaseMaterialiserIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"validator-1.5.1-1", "text-1.5-1"})
    void shouldLayOutAProjectWhoseTestFailsAsItDidForItsUsers(String id) throws Exception {
        CorpusCase bug = Corpus.load().find(id).orElseThrow();

        MaterialisedCase laidOut = materialise(bug, directory.resolve("project"));

        String output = mavenTest(laidOut);
        assertThat(output).contains(bug.exceptionType()).contains("Errors: 1");
    }

    @Test
    void shouldRefuseAFolderThatIsNotEmpty() throws Exception {
        Files.writeString(directory.resolve("precious"), "mine");
        CorpusCase bug = Corpus.load().cases().get(0);

        assertThatThrownBy(
                        () -> new CaseMaterialiser(directory.resolve("cache"), line -> {}).materialise(bug, directory))
                .isInstanceOf(MaterialisationException.class)
                .hasMessageContaining("not empty");
    }

    private MaterialisedCase materialise(CorpusCase bug, Path into) throws Exception {
        try {
            return new CaseMaterialiser(directory.resolve("cache"), line -> {}).materialise(bug, into);
        } catch (MaterialisationException e) {
            Assumptions.abort("no Maven repository can be reached: " + e.getMessage());
            throw e;
        }
    }

    private static String mavenTest(MaterialisedCase laidOut) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "test", "-Dtest=" + laidOut.testSelector()));
        Process maven = new ProcessBuilder(command)
                .directory(laidOut.directory().toFile())
                .redirectErrorStream(true)
                .start();
        maven.getOutputStream().close();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        maven.waitFor();
        return output;
    }
}
