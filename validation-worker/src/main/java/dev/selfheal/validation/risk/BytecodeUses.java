package dev.selfheal.validation.risk;

import dev.selfheal.validation.baseline.ClassFile;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds what compiled classes newly reach for. The constant pool names every class and member that code can touch without
 * reflection, so nothing hides behind {@code var}, inheritance or an odd import.
 */
public final class BytecodeUses {

    private BytecodeUses() {}

    /**
     * Uses of the patched classes that no class of the same source had on the base.
     *
     * @param ownClass true for classes of the project itself
     */
    public static List<Use> introduced(
            Collection<ClassFile> before, Collection<ClassFile> after, Predicate<String> ownClass) {
        Set<String> known = new TreeSet<>();
        before.forEach(file -> {
            known.addAll(file.references());
            known.addAll(file.uses());
        });
        Set<String> fresh = new TreeSet<>();
        after.forEach(file -> {
            fresh.addAll(file.references());
            fresh.addAll(file.uses());
        });
        fresh.removeAll(known);
        return fresh.stream()
                .filter(name -> !ownClass.test(owner(name)))
                .flatMap(name -> RiskRules.ALL.stream()
                        .filter(rule -> matches(rule, name))
                        .map(rule -> new Use(rule, name, 0)))
                .toList();
    }

    private static boolean matches(RiskRule rule, String name) {
        return rule.matchesMember(name) || rule.matchesType(owner(name));
    }

    private static String owner(String name) {
        int hash = name.indexOf('#');
        return hash < 0 ? name : name.substring(0, hash);
    }
}
