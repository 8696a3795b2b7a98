package dev.selfheal.validation.risk;

import dev.selfheal.event.FindingLevel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page docs/risk-rules.md, made from the rules; rules about constructs rather than names are told in words here. */
final class RiskReference {

    private static final String HEADER = """
            # Risk rules

            What a patch may not newly do, or not without a person seeing it. Generated from the rules; `RiskReferenceTest` fails
            when it drifts.

            Only what is **new** counts: a use that the file had before, of the same thing and no more often, is not the patch's.
            The rules are asked twice:

            1. Check `risk`, on the syntax trees, before anything is compiled. It resolves names by the file's imports and knows no
               types of variables, so the method names listed under "any receiver" count whoever they are called on.
            2. Check `risk-compiled`, on the class files javac made of the patch. They name every class and member that the code can
               reach without reflection, so nothing hides behind `var` or an odd import. Here only rules about classes and members
               apply, and a use counts as new when no class of the same source file had it on the base.

            Classes of the project itself never count. A **refutes** finding ends the candidate as refuted and is published as a
            `SecurityIncident`; a **review** finding lets the checks go on, and a patch that is otherwise proven becomes
            `NEEDS_REVIEW`. Findings carry the id; they stand in the verdict's checks.

            ## All rules

            | id | level | CWE | a patch that newly … |
            |---|---|---|---|
            """;

    /** Rules of {@link SyntaxRules} and {@link UnicodeRules}: what triggers them. */
    private static final Map<String, String> CONSTRUCTS = Map.of(
            "SH-RISK-SWALLOWED", "A `catch` with no statement in it.",
            "SH-RISK-BROAD-CATCH",
                    "A `catch` of `Throwable`, `Exception`, `RuntimeException`, `Error` or `NullPointerException`, alone or in"
                            + " a multi-catch.",
            "SH-RISK-SECRET",
                    "A string literal in the form of a secret: AWS, GitHub, Slack and Google keys, keys that begin with `sk-`,"
                            + " private keys in PEM, JSON web tokens, `password=…` and the like, a password in a URL.",
            "SH-RISK-NATIVE", "A method declared `native`.",
            "SH-RISK-INITIALISER", "A static initialiser block.",
            "SH-RISK-SUPPRESSED", "An annotation `@SuppressWarnings`.",
            "SH-RISK-ASSERTION", "Fewer `assert` statements in a file than before.",
            "SH-RISK-BIDI",
                    "Format characters (direction marks, zero-width joiners), control characters other than tab, line ends and"
                            + " form feed, U+2028, U+2029, U+3164 or U+FFA0, anywhere in the file.",
            "SH-RISK-HOMOGLYPH",
                    "One word with Latin letters beside Cyrillic, Greek, Armenian or Cherokee ones, anywhere in the file.",
            "SH-RISK-ESCAPE",
                    "A Unicode escape (`\\\\uXXXX`) of an ASCII character or of one that `SH-RISK-BIDI` names."
                            .replace("\\\\", "\\"));

    private RiskReference() {}

    /** Every rule, by id; an id may have a rule about names and one about constructs. */
    static Map<String, List<RiskRule>> rules() {
        return Stream.of(RiskRules.ALL, SyntaxRules.ALL, UnicodeRules.ALL)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(RiskRule::id, LinkedHashMap::new, Collectors.toList()));
    }

    static Optional<String> construct(String id) {
        return Optional.ofNullable(CONSTRUCTS.get(id));
    }

    static String markdown() {
        Collection<List<RiskRule>> rules = rules().values();
        return HEADER
                + rules.stream().map(RiskReference::row).collect(Collectors.joining())
                + "\n## What triggers them\n"
                + rules.stream().map(RiskReference::section).collect(Collectors.joining());
    }

    private static String row(List<RiskRule> rules) {
        RiskRule first = rules.get(0);
        String titles = rules.stream().map(RiskRule::title).collect(Collectors.joining(", or "));
        return "| `%s` | %s | [%d](https://cwe.mitre.org/data/definitions/%d.html) | %s |\n"
                .formatted(first.id(), level(first), first.cwe(), first.cwe(), titles);
    }

    private static String section(List<RiskRule> rules) {
        StringBuilder text = new StringBuilder("\n### `" + rules.get(0).id() + "`\n\n");
        construct(rules.get(0).id())
                .ifPresent(words -> text.append("- ").append(words).append("\n"));
        rules.forEach(rule -> {
            text.append(names("any use of", rule.types()));
            text.append(names("member", rule.members()));
            text.append(names("call on any receiver (syntax trees only)", rule.methodNames()));
        });
        return text.toString();
    }

    private static String names(String what, Set<String> names) {
        return names.isEmpty()
                ? ""
                : "- " + what + ": "
                        + names.stream().sorted().map(RiskReference::shown).collect(Collectors.joining(", "))
                        + "\n";
    }

    /** A package and all below it ends with a dot in the rule. */
    private static String shown(String name) {
        return "`" + (name.endsWith(".") ? name + "*" : name) + "`";
    }

    private static String level(RiskRule rule) {
        return rule.level() == FindingLevel.ERROR ? "refutes" : "review";
    }
}
