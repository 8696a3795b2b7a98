package dev.selfheal.ingest.grouping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM's own messages of null pointer exceptions (JEP 358). What they quote is code, not data, and tells two faults of
 * one method apart; but a local variable has its name only where classes were compiled with {@code -g}, and is
 * {@code <local4>} elsewhere. Pure.
 */
final class HelpfulNullMessage {

    private static final Pattern FORM = Pattern.compile(
            "(Cannot (?:invoke|read|assign|load|store|throw|enter)\\b[^\\n]{0,600}?)(?: because \"([^\\n]{1,400})\" is null)?\\.?");
    /** A name that is neither {@code this} nor a call: a local variable or a parameter. */
    private static final Pattern LEADING_LOCAL =
            Pattern.compile("^(?:<(?:local|parameter)\\d++>|(?!this\\b)[\\p{Ll}_$][\\w$]*+)(?=$|[.\\[])");

    private static final Pattern INDEX = Pattern.compile("\\[[^\\[\\]]{1,200}]");
    private static final String LOCAL = "<local>";

    private HelpfulNullMessage() {}

    /** The message independent of debug information, or empty when it is not of this kind. */
    static String normalise(String message) {
        Matcher form = FORM.matcher(message);
        if (!form.matches()) {
            return "";
        }
        String action = INDEX.matcher(form.group(1)).replaceAll("[*]");
        if (form.group(2) == null) {
            return action;
        }
        String source = INDEX.matcher(form.group(2)).replaceAll("[*]");
        return action + " because \"" + LEADING_LOCAL.matcher(source).replaceFirst(LOCAL) + "\" is null";
    }
}
