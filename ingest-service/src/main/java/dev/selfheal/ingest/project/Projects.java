package dev.selfheal.ingest.project;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured projects, by key. Immutable. */
public final class Projects implements ProjectKeys {

    private final Map<String, Project> byKey;

    private Projects(Map<String, Project> byKey) {
        this.byKey = Map.copyOf(byKey);
    }

    /**
     * @param keys what opens the project
     */
    public record Keyed(Project project, List<String> keys) {}

    /** @throws IllegalArgumentException when two projects share an id or a key, or one has no key */
    public static Projects of(List<Keyed> projects) {
        Map<String, Project> byKey = new HashMap<>();
        Map<String, Project> byId = new HashMap<>();
        for (Keyed keyed : projects) {
            Project project = keyed.project();
            if (byId.put(project.id(), project) != null) {
                throw new IllegalArgumentException("two projects have the id '" + project.id() + "'");
            }
            if (keyed.keys().isEmpty()) {
                throw new IllegalArgumentException("project '" + project.id() + "' has no key");
            }
            for (String key : keyed.keys()) {
                requireUsable(project, key);
                if (byKey.put(key, project) != null) {
                    // Not the key itself: what is thrown here is logged.
                    throw new IllegalArgumentException("a key of project '" + project.id() + "' is used twice");
                }
            }
        }
        return new Projects(byKey);
    }

    private static void requireUsable(Project project, String key) {
        if (!key.matches("[A-Za-z0-9_-]{8,128}")) {
            throw new IllegalArgumentException(
                    "a key of project '" + project.id() + "' is not made of 8 to 128 letters, digits, '_' or '-'");
        }
    }

    /** Each of them once, by id. */
    public List<Project> all() {
        return byKey.values().stream()
                .distinct()
                .sorted(Comparator.comparing(Project::id))
                .toList();
    }

    @Override
    public Optional<Project> project(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
