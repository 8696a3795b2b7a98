package dev.selfheal.ingest.grouping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's own messages of names that are not there. What they quote is code, not data, and tells two faults of one function
 * apart. What the interpreter suggests instead depends on its version. Pure.
 */
final class PythonNameMessage {

    private static final String NAME = "'[\\w.<>]{1,200}'";
    private static final Pattern FORM = Pattern.compile("("
            + "(?:type object |module |partially initialized module )?" + NAME + " (?:object )?has no attribute " + NAME
            + "|name " + NAME + " is not defined"
            + "|free variable " + NAME + " referenced before assignment[^\\n]{0,100}"
            + "|local variable " + NAME + " referenced before assignment"
            + "|cannot access (?:local|free) variable " + NAME + "[^\\n]{0,100}"
            + "|cannot import name " + NAME + " from " + NAME
            + "|No module named " + NAME
            + ")(?: \\([^\\n]{0,400}\\))?(?:[.;] (?:Did you mean|Did you forget|Use)[^\\n]{0,400}|; " + NAME
            + " is not a package)?\\.?");

    private PythonNameMessage() {}

    /** The message without suggestions and paths, or empty when it is not of this kind. */
    static String normalise(String message) {
        Matcher form = FORM.matcher(message);
        return form.matches() ? form.group(1) : "";
    }
}
