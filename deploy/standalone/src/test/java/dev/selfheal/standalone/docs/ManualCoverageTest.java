package dev.selfheal.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.errors.ErrorCode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topic.Cleanup;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Pages written by hand leave nothing out that the code has. */
class ManualCoverageTest {

    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void shouldExplainEveryErrorCode() throws IOException {
        String page = page("errors.md");
        assertThat(ErrorCode.values()).allSatisfy(code -> assertThat(page).contains("\n| `" + code + "` | "));
    }

    @Test
    void shouldListEveryTopicWithItsRecordAndCleanup() throws IOException {
        List<String> rows = page("contract.md").lines().toList();
        assertThat(new Topics("").all())
                .allSatisfy(topic -> assertThat(rows)
                        .anySatisfy(row -> assertThat(row)
                                .startsWith("| `" + topic.name() + "` | ")
                                .contains(" `" + topic.type().getSimpleName() + "` | " + cleanup(topic) + " |")));
    }

    @Test
    void shouldExplainEveryHeader() throws IOException {
        String page = page("contract.md");
        assertThat(Stream.of(
                        EnvelopeHeaders.SPEC_VERSION,
                        EnvelopeHeaders.ID,
                        EnvelopeHeaders.SOURCE,
                        EnvelopeHeaders.TYPE,
                        EnvelopeHeaders.SUBJECT,
                        EnvelopeHeaders.TIME,
                        EnvelopeHeaders.DATA_SCHEMA,
                        EnvelopeHeaders.CE_TRACEPARENT,
                        EnvelopeHeaders.CORRELATION_ID,
                        EnvelopeHeaders.CAUSATION_ID,
                        EnvelopeHeaders.ATTEMPT,
                        EnvelopeHeaders.CONTENT_TYPE))
                .allSatisfy(header -> assertThat(page).contains("\n| `" + header + "`"));
    }

    @Test
    void shouldExplainEveryFieldOfThePolicyWithItsDefault() throws IOException {
        List<String> rows = page("policy.md").lines().toList();
        assertThat(fields(HealingPolicy.getClassSchema(), ""))
                .allSatisfy(field -> assertThat(rows).anySatisfy(row -> {
                    List<String> cells = Arrays.asList(row.split(" *\\| *", -1));
                    assertThat(cells).hasSizeGreaterThan(3);
                    assertThat(cells.get(1)).isEqualTo("`" + field.path() + "`");
                    assertThat(cells.get(3)).contains(field.standard());
                }));
    }

    /**
     * @param standard what the manual has to show as the default
     */
    private record Field(String path, String standard) {}

    private static List<Field> fields(Schema schema, String prefix) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            String path = prefix + field.name();
            if (field.schema().getType() == Schema.Type.RECORD) {
                fields.addAll(fields(field.schema(), path + "."));
            } else {
                fields.add(new Field(path, standard(field)));
            }
        }
        return fields;
    }

    private static String standard(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return "required";
        }
        return switch (field.schema().getType()) {
            case ARRAY -> "";
            case STRING ->
                field.defaultVal().equals("") ? "empty" : field.defaultVal().toString();
            case UNION ->
                field.defaultVal() == JsonProperties.NULL_VALUE
                        ? "none"
                        : field.defaultVal().toString();
            default -> field.defaultVal().toString();
        };
    }

    private static String cleanup(Topic<?> topic) {
        return topic.cleanup() == Cleanup.COMPACT
                ? "compacted"
                : topic.retention().toDays() + " days";
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }
}
