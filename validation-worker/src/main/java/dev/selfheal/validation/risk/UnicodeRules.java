package dev.selfheal.validation.risk;

import dev.selfheal.event.FindingLevel;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that reads otherwise than it compiles ("Trojan Source", CVE-2021-42574 and CVE-2021-42694). */
final class UnicodeRules {

    static final RiskRule HIDDEN = new RiskRule(
            "SH-RISK-BIDI",
            FindingLevel.ERROR,
            1007,
            "holds invisible or direction-changing characters",
            Set.of(),
            Set.of(),
            Set.of());
    static final RiskRule HOMOGLYPH = new RiskRule(
            "SH-RISK-HOMOGLYPH", FindingLevel.ERROR, 1007, "mixes alphabets in one name", Set.of(), Set.of(), Set.of());
    static final RiskRule ESCAPE = new RiskRule(
            "SH-RISK-ESCAPE",
            FindingLevel.ERROR,
            1007,
            "hides plain text behind a Unicode escape",
            Set.of(),
            Set.of(),
            Set.of());

    static final List<RiskRule> ALL = List.of(HIDDEN, HOMOGLYPH, ESCAPE);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+");
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

    private UnicodeRules() {}

    static List<Use> of(List<String> lines) {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), i + 1, uses);
        }
        return uses;
    }

    private static void line(String line, int number, List<Use> uses) {
        line.codePoints()
                .filter(UnicodeRules::isHidden)
                .forEach(c -> uses.add(new Use(HIDDEN, String.format("U+%04X", c), number)));
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            if (mixes(words.group())) {
                uses.add(new Use(HOMOGLYPH, "a name with letters of several scripts", number));
            } else if (words.group().codePoints().anyMatch(UnicodeRules::poses)) {
                uses.add(new Use(HOMOGLYPH, "a name with letters that only look like ASCII", number));
            }
        }
        Matcher escapes = UNICODE_ESCAPE.matcher(line);
        while (escapes.find()) {
            int c = Integer.parseInt(escapes.group(1), 16);
            if (c < 0x80 || isHidden(c)) {
                uses.add(new Use(ESCAPE, String.format("escape of U+%04X", c), number));
            }
        }
    }

    private static boolean isHidden(int c) {
        return Character.getType(c) == Character.FORMAT
                || (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r' && c != '\f')
                || c == 0x2028
                || c == 0x2029
                || c == 0x3164
                || c == 0xFFA0;
    }

    /** Fullwidth and mathematical letters: others to the compiler, the same to the eye. */
    private static boolean poses(int c) {
        if (c < 0x80 || !Character.isLetter(c)) {
            return false;
        }
        String folded = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        return folded.chars().allMatch(plain -> plain < 0x80);
    }

    /** Latin beside Cyrillic or Greek: the pairs whose letters look alike. */
    private static boolean mixes(String word) {
        boolean latin = false;
        boolean alike = false;
        for (int c : word.codePoints().toArray()) {
            Character.UnicodeScript script = Character.UnicodeScript.of(c);
            latin |= script == Character.UnicodeScript.LATIN;
            alike |= script == Character.UnicodeScript.CYRILLIC
                    || script == Character.UnicodeScript.GREEK
                    || script == Character.UnicodeScript.ARMENIAN
                    || script == Character.UnicodeScript.CHEROKEE;
        }
        return latin && alike;
    }
}
