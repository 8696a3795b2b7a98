package dev.selfheal.ingest.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.selfheal.ingest.project.Projects.Keyed;
import dev.selfheal.json.JsonFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads projects from a JSON file: {@code {"projects": [{"id": "7", "keys": ["…"], "service": "shop", "services":
 * {"Cart Service": "cart"}, "eventsPerMinute": 6000, "burst": 1000}]}}. Only {@code id} and {@code keys} are required; an
 * unknown field is refused.
 */
public final class ProjectsFile {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String FIELDS =
            "projects, and of a project id, keys, service, services, eventsPerMinute, burst";

    /** The burst is this part of a minute's events, where none is given. */
    private static final int PART_OF_MINUTE = 6;

    private ProjectsFile() {}

    private record Entry(
            String id,
            List<String> keys,
            String service,
            Map<String, String> services,
            Integer eventsPerMinute,
            Integer burst) {}

    private record Entries(List<Entry> projects) {}

    /** @throws IllegalArgumentException saying what is wrong with the file, without quoting any key */
    public static Projects read(Path file) {
        byte[] utf8 = bytes(file);
        try {
            Entries entries = JSON.treeToValue(JSON.readTree(utf8), Entries.class);
            if (entries == null
                    || entries.projects() == null
                    || entries.projects().isEmpty()) {
                throw new IllegalArgumentException(file + " names no project");
            }
            return Projects.of(
                    entries.projects().stream().map(ProjectsFile::keyed).toList());
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(file + " " + wrong(e)); // not its cause, which quotes what stands there
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " " + JsonFault.of(e, utf8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from an array cannot fail", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
        }
    }

    private static String wrong(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference each : e.getPath()) {
            pointer.append('/').append(each.getFieldName() == null ? each.getIndex() : each.getFieldName());
        }
        String where = pointer.length() == 0 ? "" : " at " + pointer;
        return e instanceof UnrecognizedPropertyException
                ? "has a field" + where + " that is not known; known are " + FIELDS
                : "is not as it should be" + where + ": the value is of another kind than the manual says";
    }

    private static Keyed keyed(Entry entry) {
        if (entry.id() == null) {
            throw new IllegalArgumentException("a project has no id");
        }
        if (entry.burst() != null && entry.eventsPerMinute() == null) {
            throw new IllegalArgumentException("project '" + entry.id() + "' has a burst but no eventsPerMinute");
        }
        Project project = new Project(
                entry.id(),
                Optional.ofNullable(entry.service()),
                entry.services() == null ? Map.of() : entry.services(),
                Optional.ofNullable(entry.eventsPerMinute()).map(rate -> quota(rate, entry.burst())));
        return new Keyed(project, entry.keys() == null ? List.of() : entry.keys());
    }

    private static Quota quota(int eventsPerMinute, Integer burst) {
        return new Quota(eventsPerMinute, burst == null ? Math.max(1, eventsPerMinute / PART_OF_MINUTE) : burst);
    }
}
