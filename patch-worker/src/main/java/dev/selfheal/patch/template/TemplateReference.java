package dev.selfheal.patch.template;

import java.util.stream.Collectors;

/** The reference page of the fix templates, made from what they say about themselves. */
final class TemplateReference {

    private static final String HEADER = """
            # Fix templates

            What the provider `template` can mend by itself, without a model, a key or a network. This page is generated from
            the templates; `TemplateReferenceTest` fails when it drifts.

            A template finds the expression that failed. A placement puts a check of it into the code. Candidates are ranked by
            the product of four numbers between 0 and 1, and the first %d go to validation:

            1. the site: 1 for the innermost frame in the service's own main sources, 0.7 times as much for each one further out;
            2. the match: how surely this expression is the one that failed, by the message where it names it;
            3. the placement: how usual a check at this place is (tables below);
            4. the value: how usual it is to answer with this value here. What existing guards in the same method or file
               return counts most, then an argument handed back, then the neutral value of the type.

            A check that code on the way to the expression asks already is not proposed again, and neither is one that would
            have to repeat an expression with side effects.

            ## Placements

            | variant | what it does |
            |---|---|
            | `condition-and`, `condition-or` | the check joins the condition that the expression is part of |
            | `method-entry` | returns first thing in the method, for a parameter that is not assigned before the site |
            | `early-return` | returns directly before the failing statement |
            | `extend-guard` | an existing `if (...) return ...;` before the site covers the case too |
            | `enclosing-condition` | the `if` around the statement is tightened |
            | `skip-iteration` | the loop goes on with the next element |
            | `wrap` | the statement runs only when it is safe |
            | `ternary` | the value is replaced where it is used |

            ## Templates
            """;

    private TemplateReference() {}

    static String markdown() {
        return HEADER.formatted(TemplateProposer.MAX_CANDIDATES)
                + TemplateRegistry.all().stream()
                        .map(TemplateReference::section)
                        .collect(Collectors.joining());
    }

    private static String section(FixTemplate template) {
        String types = template.exceptionTypes().stream()
                .sorted()
                .map(type -> "`" + type + "`")
                .collect(Collectors.joining(", "));
        return "\n### %s (`%s`)\n\n%s\n\nAnswers to %s.\n"
                .formatted(template.displayName(), template.id(), template.description(), types);
    }
}
