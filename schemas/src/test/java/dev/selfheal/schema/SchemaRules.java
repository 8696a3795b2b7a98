package dev.selfheal.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** When one schema may take another's place: in both directions, so that producers and consumers upgrade in any order. */
final class SchemaRules {

    private final List<String> violations = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();

    private SchemaRules() {}

    /** What stands against replacing the old schema with the new one; empty when nothing does. */
    static List<String> violations(Schema old, Schema now) {
        SchemaRules rules = new SchemaRules();
        rules.avro("records written with the old schema are not readable any more", now, old);
        rules.avro("records written with the new schema are not readable by old consumers", old, now);
        rules.compare(old.getFullName(), old, now);
        return rules.violations;
    }

    private void avro(String consequence, Schema reader, Schema writer) {
        SchemaCompatibility.SchemaCompatibilityResult result = SchemaCompatibility.checkReaderWriterCompatibility(
                        reader, writer)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            violations.add(consequence + ": " + result.getIncompatibilities());
        }
    }

    /** What Avro's own check lets pass. */
    private void compare(String path, Schema old, Schema now) {
        if (old.getType() != now.getType()) {
            return; // Avro's check, or a promotion that it allows
        }
        if (!logicalType(old).equals(logicalType(now))) {
            violations.add(path + ": the logical type changes from " + logicalType(old) + " to " + logicalType(now));
        }
        switch (old.getType()) {
            case RECORD -> compareFields(path, old, now);
            case ENUM -> compareSymbols(path, old, now);
            case ARRAY -> compare(path + "[]", old.getElementType(), now.getElementType());
            case MAP -> compare(path + "{}", old.getValueType(), now.getValueType());
            case UNION -> compareBranches(path, old, now);
            default -> {}
        }
    }

    private void compareFields(String path, Schema old, Schema now) {
        if (!visited.add(old.getFullName())) {
            return;
        }
        for (Schema.Field field : now.getFields()) {
            Optional.ofNullable(old.getField(field.name()))
                    .ifPresent(before -> compare(path + "." + field.name(), before.schema(), field.schema()));
        }
    }

    private void compareSymbols(String path, Schema old, Schema now) {
        boolean sameSymbols = Set.copyOf(old.getEnumSymbols()).equals(Set.copyOf(now.getEnumSymbols()));
        if (!sameSymbols && (old.getEnumDefault() == null || now.getEnumDefault() == null)) {
            violations.add(path + ": the symbols change from " + old.getEnumSymbols() + " to " + now.getEnumSymbols()
                    + " and the enum has no default to fall back to");
        }
    }

    private void compareBranches(String path, Schema old, Schema now) {
        for (Schema before : old.getTypes()) {
            now.getTypes().stream()
                    .filter(branch -> branch.getFullName().equals(before.getFullName()))
                    .findFirst()
                    .ifPresent(branch -> compare(path, before, branch));
        }
    }

    /** With its parameters, such as the scale of a decimal. A type that Avro has no class for still has its name. */
    private static String logicalType(Schema schema) {
        LogicalType type = schema.getLogicalType();
        String name = type == null ? String.valueOf(schema.getProp("logicalType")) : type.getName();
        return name + "(" + schema.getObjectProp("precision") + "," + schema.getObjectProp("scale") + ")"
                + (schema.getType() == Type.FIXED ? schema.getFixedSize() : "");
    }
}
