package dev.selfheal.analysis.classification;

import dev.selfheal.event.FaultClass;
import java.util.List;
import java.util.Locale;

/** The page docs/classification.md, made from the rules. */
final class FaultReference {

    private static final String HEADER = """
            # Classification

            What an error is taken for before healing is tried, and why. Generated from the rules; `FaultReferenceTest` fails when it
            drifts.

            Classes: CODE and UNKNOWN are tried. CONFIGURATION, INFRASTRUCTURE, EXTERNAL_DEPENDENCY, RESOURCE_EXHAUSTION and SECURITY
            are not: no patch mends them. Such a case ends `ABSTAINED`, with class, confidence and the strongest rule as its reason.

            Every rule that an error meets adds its weight (nats) to its class. In the root cause it counts in full, in an exception
            that wraps it by half. Within a class the strongest rule counts in full and the others by half, because they often see the
            same fact twice; what speaks against a class counts in full. UNKNOWN has 1 from the start. The shares of the classes are
            the softmax of these sums over the classes that met anything. Healing abstains when the shares of the five classes add up
            to `classification.abstain.confidence` (0.6); that sum is then the confidence, the strongest of them the class. So one
            strong rule alone (3 against 1, a share of 0.88) or one fair rule (2 against 1: 0.73) abstains, a weak one (0.5) does not;
            and a programming error thrown in own code outweighs any single one of them, except that the service rises as a whole.

            The weights are judgements, not measurements. Types are matched by their exact name; one that ends with a dot is a package
            and all below it. Messages are looked at without regard to case, their first 2000 characters. What the service does as a
            whole comes from the topic `service-trends` and counts for 15 minutes.

            A person can have healing tried all the same: see the orders FORCE and RETRY in the [contract](contract.md).
            """;

    private FaultReference() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEADER);
        List<FaultClass> classes = List.of(
                FaultClass.CODE,
                FaultClass.CONFIGURATION,
                FaultClass.INFRASTRUCTURE,
                FaultClass.EXTERNAL_DEPENDENCY,
                FaultClass.RESOURCE_EXHAUSTION,
                FaultClass.SECURITY);
        for (FaultClass faultClass : classes) {
            page.append("\n## ").append(faultClass).append("\n\n| id | weight | means | met by |\n|---|---|---|---|\n");
            FaultTaxonomy.RULES.stream()
                    .filter(rule -> rule.faultClass() == faultClass)
                    .map(FaultReference::row)
                    .forEach(page::append);
        }
        return page.toString();
    }

    private static String row(FaultRule rule) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %.1f | %s | %s |%n",
                rule.id(),
                rule.weight(),
                rule.title(),
                rule.signal().describe());
    }
}
