package dev.selfheal.analysis.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FaultReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "classification.md");

    /** {@code mvn -pl analysis-streams -am test -Dtest=FaultReferenceTest -Dselfheal.docs.write=true} writes the page. */
    @Test
    void shouldBeWhatTheManualSays() throws IOException {
        if (Boolean.getBoolean("selfheal.docs.write")) {
            Files.writeString(PAGE, FaultReference.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/classification.md is generated; write it again with -Dselfheal.docs.write=true")
                .isEqualTo(FaultReference.markdown());
    }

    @Test
    void shouldShowEveryRule() {
        assertThat(FaultTaxonomy.RULES)
                .allSatisfy(rule -> assertThat(FaultReference.markdown()).contains("`" + rule.id() + "`"));
    }
}
