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

    /** Rules of {@link SyntaxRules}, {@link Safeguards} and {@link UnicodeRules}: what triggers them. */
    private static final Map<String, String> CONSTRUCTS = Map.ofEntries(
            Map.entry(
                    "SH-RISK-SWALLOWED",
                    "A `catch` with no statement in it or only `;`, `continue`, `break` or a bare "
                            + "`return`; a `return` directly in a `finally`."),
            Map.entry(
                    "SH-RISK-HALF-DONE",
                    "An `if` without `else` whose body returns, continues or breaks (or, outside of constructors, "
                            + "only runs a change of state when the condition holds), behind one change of state and before "
                            + "another: `source.balance -= amount; if (target == null) return; target.balance += amount;`. A "
                            + "change of state is an assignment to what is no local variable, or a call whose result "
                            + "nobody looks at. Logging, checks (`require…`, `validate…`), locks and objects that the method "
                            + "made itself do not count; a `throw` tells its caller and does not either."),
            Map.entry(
                    "SH-RISK-BROAD-CATCH",
                    "A `catch` of `Throwable`, `Exception`, `RuntimeException`, `Error` or "
                            + "`NullPointerException`, alone or in a multi-catch."),
            Map.entry(
                    "SH-RISK-SECRET",
                    "A string literal in the form of a secret: AWS, GitHub, Slack and Google keys, keys "
                            + "that begin with `sk-`, private keys in PEM, JSON web tokens, `password=…` and the "
                            + "like, a password in a URL. A literal of four characters or more without blanks "
                            + "assigned to a variable or field that is named like a secret (`password`, `secret`, "
                            + "`apiKey`, `accessToken`, …)."),
            Map.entry(
                    "SH-RISK-SECRET-LOGGED",
                    "An argument that names a secret (as above) in a call of a logger (`log`, `logger`) or "
                            + "of `System.out` and `System.err`."),
            Map.entry("SH-RISK-NATIVE", "A method declared `native`."),
            Map.entry("SH-RISK-INITIALISER", "A static initialiser block."),
            Map.entry(
                    "SH-RISK-SUPPRESSED",
                    "An annotation whose name begins with `Suppress`, or a comment that silences PMD, Checkstyle, SonarQube, IntelliJ IDEA, Semgrep or a formatter."),
            Map.entry(
                    "SH-RISK-ASSERTION",
                    "Fewer `assert` statements, or fewer calls of one `assert…` method, in a file than " + "before."),
            Map.entry(
                    "SH-RISK-TEST-REMOVED",
                    "Fewer methods with `@Test`, `@ParameterizedTest`, `@RepeatedTest`, `@TestFactory` or "
                            + "`@TestTemplate` in a file than before."),
            Map.entry(
                    "SH-RISK-TEST-DISABLED",
                    "An annotation `@Disabled` (also `OnOs`, `OnJre`, `If`) or `@Ignore`, or "
                            + "`@Test(enabled = false)`."),
            Map.entry(
                    "SH-RISK-ACCESS",
                    "An annotation that demands a right (`@PreAuthorize`, `@Secured`, `@RolesAllowed`, "
                            + "`@RequiresPermissions`, …) that is gone or says something else, or fewer calls of a "
                            + "method that asks for one (`hasRole`, `checkPermission`, `isAuthenticated`, "
                            + "`verifySignature`, …)."),
            Map.entry(
                    "SH-RISK-ACCESS-CONDITION",
                    "A condition of an `if` or `?:` that calls such a method and is no longer there in the "
                            + "same words."),
            Map.entry("SH-RISK-RANDOM", "Fewer `new SecureRandom(…)` than before."),
            Map.entry(
                    "SH-RISK-OPEN-ACCESS",
                    "`@PermitAll`, `@AnonymousAllowed`, calls of `permitAll` and `anonymous`, `disable()` "
                            + "on `csrf()`, `cors()`, `headers()` or `frameOptions()`."),
            Map.entry(
                    "SH-RISK-CONSTANT-CONDITION",
                    "`true` or `false` as an operand of `&&` or `||`, or as the whole condition of an " + "`if`."),
            Map.entry(
                    "SH-RISK-TLS",
                    "A `checkServerTrusted` or `checkClientTrusted` that does nothing, a `verify(…, "
                            + "SSLSession)` that always agrees, or a name such as `NoopHostnameVerifier`, "
                            + "`TrustAllStrategy`, `InsecureTrustManagerFactory`, `setHostnameVerifier`."),
            Map.entry(
                    "SH-RISK-WEAK-CRYPTO",
                    "`getInstance` or `setProtocol` with MD2, MD4, MD5, SHA-1, DES, triple DES, RC2, RC4, "
                            + "Blowfish, any cipher in ECB mode, SSL or TLS below 1.2."),
            Map.entry(
                    "SH-RISK-XXE",
                    "A parser feature that allows document types or external entities, or "
                            + "`setExpandEntityReferences(true)`."),
            Map.entry(
                    "SH-RISK-SQL-INJECTION",
                    "A sum, `format`, `formatted`, `concat` or `append` of an SQL statement with anything "
                            + "but constants."),
            Map.entry("SH-RISK-LDAP-INJECTION", "The same with an LDAP filter."),
            Map.entry("SH-RISK-XPATH-INJECTION", "The same with an XPath predicate."),
            Map.entry("SH-RISK-COMMAND-INJECTION", "`exec` or `new ProcessBuilder` with anything but constants."),
            Map.entry(
                    "SH-RISK-PATH-INJECTION",
                    "`Path.of`, `Paths.get`, `new File` and file streams with a path put together from "
                            + "anything but constants."),
            Map.entry(
                    "SH-RISK-BIDI",
                    "Format characters (direction marks, zero-width joiners), control characters other "
                            + "than tab, line ends and form feed, U+2028, U+2029, U+3164 or U+FFA0, anywhere in the "
                            + "file."),
            Map.entry(
                    "SH-RISK-HOMOGLYPH",
                    "One word with Latin letters beside Cyrillic, Greek, Armenian or Cherokee ones, or "
                            + "with letters that Unicode folds to ASCII (fullwidth, mathematical), anywhere in the "
                            + "file."),
            Map.entry("SH-RISK-ESCAPE", "A Unicode escape of an ASCII character or of one that `SH-RISK-BIDI` names."));

    private RiskReference() {}

    /** Every rule, by id; an id may have a rule about names and one about constructs. */
    static Map<String, List<RiskRule>> rules() {
        return Stream.of(RiskRules.ALL, SyntaxRules.ALL, Safeguards.ALL, UnicodeRules.ALL)
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
