package dev.selfheal.patch.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemplateReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "templates.md");

    /** Set the system property `selfheal.docs.write` to write the page anew. */
    @Test
    void shouldFindTheReferencePageUpToDate() throws IOException {
        if (Boolean.getBoolean("selfheal.docs.write")) {
            Files.writeString(PAGE, TemplateReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(TemplateReference.markdown());
    }

    @Test
    void shouldKnowEveryTemplateByAUniqueIdWithADocument() {
        assertThat(TemplateRegistry.all()).extracting(FixTemplate::id).doesNotHaveDuplicates();
        assertThat(TemplateRegistry.all()).allSatisfy(template -> {
            assertThat(template.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(template.displayName()).isNotBlank();
            assertThat(template.description()).hasSizeGreaterThan(40).endsWith(".");
            assertThat(template.exceptionTypes()).isNotEmpty();
        });
    }
}
