package dev.selfheal.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Subjects, versions and ids, and the rule that says what may join them. Thread-safe. */
final class SchemaStore {

    private static final Compatibility DEFAULT_COMPATIBILITY = Compatibility.FULL_TRANSITIVE;

    private final Map<String, Integer> idByText = new HashMap<>();
    private final Map<Integer, String> textById = new HashMap<>();
    private final Map<String, List<RegisteredSchema>> subjects = new TreeMap<>();
    private final Map<String, Compatibility> compatibilities = new HashMap<>();
    private final Consumer<RegisteredSchema> onRegistered;
    private Compatibility globalCompatibility = DEFAULT_COMPATIBILITY;

    /**
     * @param onRegistered told of every new version before anyone can see it; when it throws, nothing was registered
     */
    SchemaStore(Consumer<RegisteredSchema> onRegistered) {
        this.onRegistered = onRegistered;
    }

    /** Puts back what an earlier run registered; unchecked, because it was checked then. */
    synchronized void restore(RegisteredSchema known) {
        idByText.put(known.schema(), known.id());
        textById.put(known.id(), known.schema());
        subjects.computeIfAbsent(known.subject(), s -> new ArrayList<>()).add(known);
    }

    /** The schema's version under the subject, registered now if it was not. */
    synchronized RegisteredSchema register(String subject, Schema schema) {
        String text = schema.toString();
        List<RegisteredSchema> versions = subjects.getOrDefault(subject, List.of());
        Optional<RegisteredSchema> known = withText(versions, text);
        if (known.isPresent()) {
            return known.get();
        }
        compatibility(subject).objection(schema, parsed(versions)).ifPresent(why -> {
            throw RegistryException.incompatible(subject, why);
        });
        int id = idByText.getOrDefault(text, textById.size() + 1);
        RegisteredSchema added = new RegisteredSchema(subject, versions.size() + 1, id, text);
        onRegistered.accept(added);
        restore(added);
        return added;
    }

    synchronized RegisteredSchema lookUp(String subject, Schema schema) {
        return withText(versionsOf(subject), schema.toString())
                .orElseThrow(() -> RegistryException.noSuchSchema("in subject '" + subject + "'"));
    }

    synchronized boolean isCompatible(String subject, String version, Schema schema) {
        List<RegisteredSchema> against = List.of(version(subject, version));
        return compatibility(subject).objection(schema, parsed(against)).isEmpty();
    }

    synchronized String text(int id) {
        return Optional.ofNullable(textById.get(id))
                .orElseThrow(() -> RegistryException.noSuchSchema(Integer.toString(id)));
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    synchronized List<RegisteredSchema> versionsOf(String subject) {
        return Optional.ofNullable(subjects.get(subject))
                .map(List::copyOf)
                .orElseThrow(() -> RegistryException.noSuchSubject(subject));
    }

    /**
     * @param version a number from 1, or {@code latest}
     */
    synchronized RegisteredSchema version(String subject, String version) {
        List<RegisteredSchema> versions = versionsOf(subject);
        if (version.equals("latest") || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw RegistryException.invalidVersion(version);
        }
        int number = Integer.parseInt(version);
        if (number > versions.size()) {
            throw RegistryException.noSuchVersion(version);
        }
        return versions.get(number - 1);
    }

    synchronized Compatibility globalCompatibility() {
        return globalCompatibility;
    }

    synchronized Compatibility compatibility(String subject) {
        return compatibilities.getOrDefault(subject, globalCompatibility);
    }

    synchronized void setGlobalCompatibility(Compatibility level) {
        globalCompatibility = level;
    }

    synchronized void setCompatibility(String subject, Compatibility level) {
        compatibilities.put(subject, level);
    }

    private static Optional<RegisteredSchema> withText(List<RegisteredSchema> versions, String text) {
        return versions.stream().filter(v -> v.schema().equals(text)).findFirst();
    }

    private static List<Schema> parsed(List<RegisteredSchema> versions) {
        return versions.stream().map(v -> new Schema.Parser().parse(v.schema())).toList();
    }
}
