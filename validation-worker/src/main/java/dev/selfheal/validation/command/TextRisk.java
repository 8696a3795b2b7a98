package dev.selfheal.validation.command;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.finding.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Words in new lines that a fix seldom needs, for languages nobody parses here. A text search is easily evaded: that it finds
 * nothing proves nothing. Pure.
 */
public final class TextRisk {

    private record Rule(String id, FindingLevel level, Pattern text, String what) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "SH-TEXT-RUNNER",
                    FindingLevel.ERROR,
                    "what runs the tests",
                    "\\b_?pytest\\b|\\bunittest\\b|conftest|node:test|sys\\s*\\.\\s*(modules|meta_path|settrace|setprofile|_getframe)"
                            + "|\\binspect\\b|\\bgc\\s*\\.|/proc/|prepareStackTrace|captureStackTrace|require\\.cache"),
            rule(
                    "SH-TEXT-EXIT",
                    FindingLevel.ERROR,
                    "the end of the process",
                    "\\bsys\\s*\\.\\s*exit|\\bos\\s*\\.\\s*(_exit|abort|kill)|\\batexit\\b|process\\s*\\.\\s*(exit|abort|kill|on|once|reallyExit)"
                            + "|\\bSystemExit\\b|\\bquit\\s*\\("),
            rule(
                    "SH-TEXT-PROCESS",
                    FindingLevel.ERROR,
                    "a process",
                    "\\bsubprocess\\b|\\bos\\s*\\.\\s*(system|popen|exec|spawn|fork)|child_process|\\bpty\\b|multiprocessing"),
            rule(
                    "SH-TEXT-CODE",
                    FindingLevel.ERROR,
                    "code made at run time",
                    "\\b(eval|exec|compile|__import__|getattr|setattr|globals|locals|vars)\\s*\\(|importlib|\\bFunction\\s*\\("
                            + "|\\bvm\\b|__builtins__|__globals__|__subclasses__|\\bReflect\\b|\\bProxy\\b|\\bctypes\\b"),
            rule(
                    "SH-TEXT-NETWORK",
                    FindingLevel.ERROR,
                    "the network",
                    "\\bsocket\\b|\\burllib|\\brequests\\b|\\bhttpx?\\b|\\baiohttp\\b|\\bfetch\\s*\\(|\\bnode:(net|http|https|dgram|dns|tls)"
                            + "|require\\(\\s*['\"](net|http|https|dgram|dns|tls)['\"]"),
            rule(
                    "SH-TEXT-DESERIALISATION",
                    FindingLevel.ERROR,
                    "deserialised objects",
                    "\\b(c?pickle|marshal|shelve|dill)\\b|yaml\\s*\\.\\s*(unsafe_)?load\\b"),
            rule(
                    "SH-TEXT-FILE",
                    FindingLevel.WARNING,
                    "files",
                    "\\bopen\\s*\\(|\\bpathlib\\b|\\bshutil\\b|\\btempfile\\b|\\b(node:)?fs\\b"),
            rule(
                    "SH-TEXT-ENVIRONMENT",
                    FindingLevel.WARNING,
                    "the environment",
                    "os\\s*\\.\\s*(environ|getenv|putenv)|process\\s*\\.\\s*env"),
            rule(
                    "SH-TEXT-IMPORT",
                    FindingLevel.WARNING,
                    "another module",
                    "^\\s*(import|from)\\b|\\brequire\\s*\\(|\\bimport\\s*\\("),
            rule(
                    "SH-TEXT-SWALLOWED",
                    FindingLevel.WARNING,
                    "every exception",
                    "except\\s*(\\w*Exception\\w*)?\\s*:|catch\\s*(\\(\\s*\\w*\\s*\\))?\\s*\\{\\s*}|\\bpass\\s*$"),
            rule(
                    "SH-TEXT-UNICODE",
                    FindingLevel.ERROR,
                    "characters that hide what is read",
                    "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"),
            rule(
                    "SH-TEXT-ESCAPE",
                    FindingLevel.WARNING,
                    "escaped or foreign characters",
                    "\\\\[xu][0-9a-fA-F{]|[^\\x00-\\x7f]|fromCharCode|\\bchr\\s*\\(|base64|\\batob\\b"));

    private TextRisk() {}

    /** Findings on the lines that stand in the second text more often than in the first. */
    public static List<Finding> of(String path, List<String> before, List<String> after) {
        Map<String, Integer> known = new HashMap<>();
        before.forEach(line -> known.merge(line.strip(), 1, Integer::sum));
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (known.merge(after.get(i).strip(), -1, Integer::sum) < 0) {
                search(path, i + 1, after.get(i), findings);
            }
        }
        return findings;
    }

    private static void search(String path, int line, String text, List<Finding> findings) {
        for (Rule rule : RULES) {
            if (rule.text().matcher(text).find()) {
                String message = path + ":" + line + " reaches for " + rule.what();
                findings.add(Findings.of(rule.id(), rule.level(), message, path, line, Findings.NO_CWE, text.strip()));
            }
        }
    }

    private static Rule rule(String id, FindingLevel level, String what, String regex) {
        return new Rule(id, level, Pattern.compile(regex), what);
    }
}
