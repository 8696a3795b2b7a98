package dev.selfheal.validation.dependency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Known vulnerabilities in the format of <a href="https://ossf.github.io/osv-schema/">OSV</a>, ecosystem Maven; versions are
 * ordered as Maven orders them. Immutable and thread-safe.
 */
public final class Advisories {

    private enum Step {
        INTRODUCED,
        LAST_AFFECTED,
        FIXED
    }

    private record Event(Step step, ComparableVersion version) {}

    private record Affected(String id, String name, List<String> versions, List<List<Event>> ranges) {}

    private final List<Affected> affected;

    private Advisories(List<Affected> affected) {
        this.affected = List.copyOf(affected);
    }

    /** Knows of nothing. */
    public static Advisories none() {
        return new Advisories(List.of());
    }

    public boolean isEmpty() {
        return affected.isEmpty();
    }

    /**
     * @param file one advisory, an array of them, or an object with an array {@code vulns} as OSV's API answers
     * @throws IOException when the file cannot be read or is none of these
     */
    public static Advisories load(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        JsonNode all = root.has("vulns") ? root.get("vulns") : root;
        List<Affected> affected = new ArrayList<>();
        if (all.isArray()) {
            for (JsonNode one : all) {
                read(one, file, affected);
            }
        } else {
            read(all, file, affected);
        }
        return new Advisories(affected);
    }

    /**
     * Ids of the advisories against an artifact, in order; an unknown version counts as affected by every one of its artifact.
     */
    public List<String> against(Coordinates artifact) {
        TreeSet<String> ids = affected.stream()
                .filter(one -> one.name().equals(artifact.name()))
                .filter(one -> isUnknown(artifact.version()) || covers(one, artifact.version()))
                .map(Affected::id)
                .collect(Collectors.toCollection(TreeSet::new));
        return List.copyOf(ids);
    }

    /** Nothing written, a property from elsewhere, or a range that Maven resolves later. */
    private static boolean isUnknown(String version) {
        return version.isEmpty()
                || version.contains("${")
                || version.matches("[\\[(].*")
                || version.matches("LATEST|RELEASE");
    }

    private static boolean covers(Affected one, String version) {
        ComparableVersion asked = new ComparableVersion(version);
        return one.versions().stream().anyMatch(listed -> new ComparableVersion(listed).equals(asked))
                || one.ranges().stream().anyMatch(range -> inRange(range, asked));
    }

    /** OSV's own algorithm: the events in order of version, each switches the state from there on. */
    private static boolean inRange(List<Event> events, ComparableVersion asked) {
        boolean vulnerable = false;
        for (Event event : events) {
            int order = asked.compareTo(event.version());
            switch (event.step()) {
                case INTRODUCED -> vulnerable |= order >= 0;
                case FIXED -> vulnerable &= order < 0;
                case LAST_AFFECTED -> vulnerable &= order <= 0;
            }
        }
        return vulnerable;
    }

    private static void read(JsonNode advisory, Path file, List<Affected> affected) throws IOException {
        String id = advisory.path("id").asText();
        if (id.isEmpty() || !advisory.path("affected").isArray()) {
            throw new IOException(file + " holds an entry that is no OSV advisory: it lacks id or affected");
        }
        if (advisory.has("withdrawn")) {
            return;
        }
        for (JsonNode one : advisory.path("affected")) {
            if (one.path("package").path("ecosystem").asText().matches("Maven(:.*)?")) {
                List<String> versions = new ArrayList<>();
                one.path("versions").forEach(version -> versions.add(version.asText()));
                List<List<Event>> ranges = new ArrayList<>();
                one.path("ranges").forEach(range -> ranges.add(events(range)));
                affected.add(new Affected(id, one.path("package").path("name").asText(), versions, ranges));
            }
        }
    }

    private static List<Event> events(JsonNode range) {
        List<Event> events = new ArrayList<>();
        if (range.path("type").asText().equals("ECOSYSTEM")) {
            for (JsonNode event : range.path("events")) {
                add(event, "introduced", Step.INTRODUCED, events);
                add(event, "fixed", Step.FIXED, events);
                add(event, "last_affected", Step.LAST_AFFECTED, events);
            }
        }
        events.sort((a, b) -> {
            int order = a.version().compareTo(b.version());
            return order != 0 ? order : a.step().compareTo(b.step());
        });
        return events;
    }

    private static void add(JsonNode event, String name, Step step, List<Event> events) {
        if (event.has(name)) {
            events.add(new Event(step, new ComparableVersion(event.get(name).asText())));
        }
    }
}
