package dev.selfheal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value schema that was ever released is committed under {@code schemas/schema-history/<Record>/v<N>.avsc}. Today's
 * must be compatible with each of them both ways, and must itself be the newest.
 *
 * <p>{@code mvn -pl schemas test -Dtest=SchemaHistoryTest -Dselfheal.history.write=true} adds today's as the next version.
 */
class SchemaHistoryTest {

    private static final Path HISTORY = Path.of("schema-history");
    private static final Pattern VERSION = Pattern.compile("v([0-9]+)\\.avsc");
    private static final boolean WRITE = Boolean.getBoolean("selfheal.history.write");

    static Stream<Schema> valueSchemas() {
        return new Topics("")
                .all().stream()
                        .map(Topic::type)
                        .distinct()
                        .map(type -> SpecificData.get().getSchema(type));
    }

    @ParameterizedTest
    @MethodSource("valueSchemas")
    void shouldBeCompatibleWithEveryReleasedVersion(Schema current) {
        versions(current)
                .forEach((version, released) -> assertThat(SchemaRules.violations(released, current))
                        .as("%s against v%d", current.getName(), version)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("valueSchemas")
    void shouldBeTheNewestCommittedVersion(Schema current) throws IOException {
        NavigableMap<Integer, Schema> versions = versions(current);
        if (!versions.isEmpty() && versions.lastEntry().getValue().equals(current)) {
            return;
        }
        int next = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        Path file = HISTORY.resolve(current.getName()).resolve("v" + next + ".avsc");
        if (!WRITE) {
            fail(current.getName() + " has changed. If that is meant, commit it as schemas/" + file
                    + ", which -Dselfheal.history.write=true writes.");
        }
        Files.createDirectories(file.getParent());
        ObjectMapper json = new ObjectMapper();
        Files.writeString(file, json.readTree(current.toString()).toPrettyString() + "\n");
    }

    @Test
    void shouldKeepTheHistoryOfKnownRecordsOnly() throws IOException {
        List<String> known = valueSchemas().map(Schema::getName).toList();
        try (Stream<Path> folders = Files.list(HISTORY)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).isSubsetOf(known);
        }
    }

    private static NavigableMap<Integer, Schema> versions(Schema current) {
        NavigableMap<Integer, Schema> versions = new TreeMap<>();
        Path folder = HISTORY.resolve(current.getName());
        if (!Files.exists(folder)) {
            return versions;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> versions.put(version(file), parsed(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }

    private static int version(Path file) {
        var name = VERSION.matcher(file.getFileName().toString());
        assertThat(name.matches()).as("%s is named v<N>.avsc", file).isTrue();
        return Integer.parseInt(name.group(1));
    }

    private static Schema parsed(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
