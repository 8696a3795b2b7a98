package dev.selfheal.patch.template;

import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.type.Type;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Map;

/** Neutral values of a type. */
final class Defaults {

    private static final Map<String, String> EMPTY = Map.ofEntries(
            Map.entry("List", "java.util.Collections.emptyList()"),
            Map.entry("Collection", "java.util.Collections.emptyList()"),
            Map.entry("Iterable", "java.util.Collections.emptyList()"),
            Map.entry("Set", "java.util.Collections.emptySet()"),
            Map.entry("Map", "java.util.Collections.emptyMap()"),
            Map.entry("Iterator", "java.util.Collections.emptyIterator()"),
            Map.entry("Enumeration", "java.util.Collections.emptyEnumeration()"),
            Map.entry("Optional", "java.util.Optional.empty()"),
            Map.entry("Stream", "java.util.stream.Stream.empty()"));

    private Defaults() {}

    static List<ReturnValue> of(Type type, String methodName, FaultSite site) {
        if (type.isVoidType()) {
            return List.of(new ReturnValue("", 1));
        }
        if (type.isPrimitiveType()) {
            return primitive(type.asString(), methodName);
        }
        if (type.isArrayType()) {
            return array(type);
        }
        String name =
                type.isClassOrInterfaceType() ? type.asClassOrInterfaceType().getNameAsString() : type.asString();
        return switch (name) {
            case "String", "CharSequence" -> List.of(new ReturnValue("null", 0.8), new ReturnValue("\"\"", 0.7));
            case "Boolean" -> List.of(new ReturnValue("false", 0.7), new ReturnValue("null", 0.6));
            default -> ofReference(name, site);
        };
    }

    private static List<ReturnValue> primitive(String type, String methodName) {
        boolean search = methodName.matches("(?i).*(?:index|find|search|position|locate|compare).*");
        return switch (type) {
            case "boolean" -> List.of(new ReturnValue("false", 0.9), new ReturnValue("true", 0.5));
            case "double" -> List.of(new ReturnValue("Double.NaN", 0.6), new ReturnValue("0", 0.6));
            case "float" -> List.of(new ReturnValue("Float.NaN", 0.6), new ReturnValue("0", 0.6));
            case "char" -> List.of(new ReturnValue("'\\0'", 0.4));
            case "int", "long" ->
                List.of(new ReturnValue("0", search ? 0.5 : 0.8), new ReturnValue("-1", search ? 0.85 : 0.4));
            default -> List.of(new ReturnValue("0", 0.6));
        };
    }

    private static List<ReturnValue> array(Type type) {
        String element = type.getElementType().asString();
        String dimensions = "[]".repeat(type.getArrayLevel() - 1);
        // A generic array cannot be created: `T` and `Foo<Bar>` get null only.
        boolean creatable = !element.contains("<") && !element.matches("[A-Z]");
        return creatable
                ? List.of(new ReturnValue("null", 0.75), new ReturnValue("new " + element + "[0]" + dimensions, 0.65))
                : List.of(new ReturnValue("null", 0.75));
    }

    private static List<ReturnValue> ofReference(String name, FaultSite site) {
        String empty = EMPTY.get(name);
        if (empty == null) {
            return List.of(new ReturnValue("null", 0.8));
        }
        double nullFit = name.equals("Optional") || name.equals("Stream") ? 0.2 : 0.6;
        return List.of(new ReturnValue(imported(empty, site), 0.8), new ReturnValue("null", nullFit));
    }

    /** The expression with its class's simple name where the file imports it. */
    static String imported(String qualifiedCall, FaultSite site) {
        String type = qualifiedCall.substring(0, qualifiedCall.lastIndexOf('.', qualifiedCall.indexOf('(')));
        String packageName = type.substring(0, type.lastIndexOf('.'));
        boolean imported = site.source().unit().getImports().stream()
                .filter(candidate -> !candidate.isStatic())
                .anyMatch(candidate -> names(candidate, type, packageName));
        return imported ? qualifiedCall.substring(packageName.length() + 1) : qualifiedCall;
    }

    private static boolean names(ImportDeclaration candidate, String type, String packageName) {
        return candidate.getNameAsString().equals(candidate.isAsterisk() ? packageName : type);
    }
}
