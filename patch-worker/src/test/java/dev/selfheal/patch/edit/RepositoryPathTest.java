package dev.selfheal.patch.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPathTest {

    @ParameterizedTest
    @CsvSource({
        "src/A.java, src/A.java",
        "./src//A.java, src/A.java",
        "src\\main\\A.java, src/main/A.java",
        "src/./A.java, src/A.java",
    })
    void shouldNormalise(String untrusted, String expected) {
        assertThat(RepositoryPath.normalise(untrusted)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a/..",
                "C:\\x",
                "c:x",
                "~/x",
                "\\\\host\\share",
                ".git/config",
                "a/.GIT/hooks/x",
                "a\nb",
                ".",
                "a\u0000b"
            })
    void shouldRefuseWhatLeavesTheRepository(String untrusted) {
        assertThat(RepositoryPath.normalise(untrusted)).isEmpty();
    }
}
