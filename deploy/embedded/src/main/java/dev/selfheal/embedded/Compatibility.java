package dev.selfheal.embedded;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Confluent's compatibility levels for a new schema against the earlier versions of its subject. */
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    Compatibility(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    static Compatibility parse(String level) {
        for (Compatibility known : values()) {
            if (known.name().equals(level)) {
                return known;
            }
        }
        throw RegistryException.invalidCompatibility(level);
    }

    /**
     * @param earlier oldest first
     * @return why the new schema is refused; empty when it is accepted
     */
    Optional<String> objection(Schema added, List<Schema> earlier) {
        List<Schema> checked = transitive ? earlier : earlier.subList(Math.max(0, earlier.size() - 1), earlier.size());
        for (Schema old : checked) {
            Optional<String> objection = newReadsOld ? readObjection(added, old) : Optional.empty();
            if (objection.isEmpty() && oldReadsNew) {
                objection = readObjection(old, added);
            }
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> readObjection(Schema reader, Schema writer) {
        SchemaPairCompatibility result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return result.getType() == SchemaCompatibilityType.COMPATIBLE
                ? Optional.empty()
                : Optional.of(result.getResult().getIncompatibilities().toString());
    }
}
