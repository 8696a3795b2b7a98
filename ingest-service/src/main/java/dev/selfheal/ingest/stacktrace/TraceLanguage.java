package dev.selfheal.ingest.stacktrace;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells which language printed a stack trace, where the sender does not say. Pure; linear in the length of the text. */
public final class TraceLanguage {

    private record Sign(String platform, Predicate<String> found) {
        static Sign of(String platform, String regex) {
            return new Sign(platform, Pattern.compile(regex, Pattern.MULTILINE).asPredicate());
        }
    }

    private static final Pattern CSHARP_FRAME = Pattern.compile(" {1,8}at \\S");
    private static final Pattern CSHARP_LINE_NUMBER = Pattern.compile(":line \\d{1,9}\\s*");

    /** The order matters: a sign further down is found in traces of languages further up too. */
    private static final List<Sign> SIGNS = List.of(
            Sign.of("python", "Traceback \\(most recent call last\\):"),
            Sign.of("go", "^goroutine \\d{1,18} [^\\[\\n]{0,100}\\[[^\\]\\n]{1,200}]:"),
            new Sign("csharp", text -> text.lines().anyMatch(TraceLanguage::isCSharpWithLine)),
            Sign.of("csharp", "--- End of (?:inner exception )?stack trace"),
            Sign.of("csharp", "^(?:Unhandled [Ee]xception[.:] )?(?:System|Microsoft)\\.[\\w.]{1,200}Exception\\b"),
            Sign.of("javascript", "^\\s{1,20}at [^\\n]{1,2000}:\\d{1,9}:\\d{1,9}\\)?\\s*(?:\\{\\s*)?$"),
            Sign.of("javascript", "^[^@\\s]{0,500}@\\S{1,1000}:\\d{1,9}:\\d{1,9}$"));

    private TraceLanguage() {}

    /** The platform, as events name it; {@code java} when nothing tells of another one. */
    public static String of(String text) {
        return SIGNS.stream()
                .filter(sign -> sign.found().test(text))
                .map(Sign::platform)
                .findFirst()
                .orElse("java");
    }

    /** {@code   at Shop.Cart.Total() in /src/Cart.cs:line 17}. */
    private static boolean isCSharpWithLine(String line) {
        if (!CSHARP_FRAME.matcher(line).lookingAt()) {
            return false;
        }
        int file = line.indexOf(") in ");
        int number = line.lastIndexOf(":line ");
        return file > 0
                && number > file
                && CSHARP_LINE_NUMBER
                        .matcher(line)
                        .region(number, line.length())
                        .matches();
    }
}
