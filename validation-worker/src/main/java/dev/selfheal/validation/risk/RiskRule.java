package dev.selfheal.validation.risk;

import dev.selfheal.event.FindingLevel;
import java.util.Set;

/**
 * A capability that a bug fix seldom needs.
 *
 * @param id stable, {@code SH-RISK-…}
 * @param level {@code ERROR} refutes, {@code WARNING} sends to a person
 * @param cwe Common Weakness Enumeration number
 * @param title what it is, to finish the sentence "the patch newly …"
 * @param types classes whose every use counts; an entry that ends with a dot is a package and all below it
 * @param members uses that count by themselves: {@code java.lang.System#exit}
 * @param methodNames method names so telling that the receiver does not matter; for syntax trees, which know no types
 */
public record RiskRule(
        String id,
        FindingLevel level,
        int cwe,
        String title,
        Set<String> types,
        Set<String> members,
        Set<String> methodNames) {

    public RiskRule {
        types = Set.copyOf(types);
        members = Set.copyOf(members);
        methodNames = Set.copyOf(methodNames);
    }

    /** A rule about a construct of the language, which no name of a class or member tells. */
    static RiskRule ofConstruct(String id, FindingLevel level, int cwe, String title) {
        return new RiskRule(id, level, cwe, title, Set.of(), Set.of(), Set.of());
    }

    public boolean matchesType(String className) {
        return types.stream()
                .anyMatch(type -> type.endsWith(".") ? className.startsWith(type) : className.equals(type));
    }

    public boolean matchesMember(String member) {
        return members.contains(member);
    }
}
