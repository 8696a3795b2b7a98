package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a simple type name may mean in one file, from its imports alone. */
final class SourceNames {

    private final Map<String, String> imported = new HashMap<>();
    private final Map<String, String> staticMembers = new HashMap<>();
    private final List<String> packages = new ArrayList<>(List.of("java.lang."));
    private final Set<String> declared = new HashSet<>();

    SourceNames(CompilationUnit unit) {
        NodeList<ImportDeclaration> imports = unit.getImports();
        for (ImportDeclaration each : imports) {
            String name = each.getNameAsString();
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (each.isAsterisk()) {
                packages.add(name + ".");
            } else if (each.isStatic()) {
                staticMembers.put(last, name.substring(0, name.lastIndexOf('.')) + "#" + last);
            } else {
                imported.put(last, name);
            }
        }
        unit.findAll(TypeDeclaration.class).forEach(type -> declared.add(type.getNameAsString()));
    }

    /** Every full name the written one may stand for; empty when the file declares it itself. */
    List<String> candidates(String written) {
        int dot = written.indexOf('.');
        String head = dot < 0 ? written : written.substring(0, dot);
        if (declared.contains(head)) {
            return List.of();
        }
        if (imported.containsKey(head)) {
            return List.of(imported.get(head) + (dot < 0 ? "" : "$" + written.substring(dot + 1)));
        }
        List<String> candidates = new ArrayList<>();
        if (dot >= 0) {
            candidates.add(written);
        }
        if (!head.isEmpty() && Character.isUpperCase(head.charAt(0))) {
            packages.forEach(prefix -> candidates.add(prefix + written));
        }
        return candidates;
    }

    /** {@code owner#member} of a statically imported name. */
    List<String> staticMember(String name) {
        String single = staticMembers.get(name);
        if (single != null) {
            return List.of(single);
        }
        return packages.stream()
                .filter(prefix ->
                        Character.isUpperCase(prefix.charAt(prefix.lastIndexOf('.', prefix.length() - 2) + 1)))
                .map(prefix -> prefix.substring(0, prefix.length() - 1) + "#" + name)
                .toList();
    }
}
