package dev.selfheal.ingest.stacktrace;

import java.util.List;
import java.util.regex.Pattern;

/** Tells which language printed a stack trace, where the sender does not say. Pure; linear in the length of the text. */
public final class TraceLanguage {

    private record Sign(String platform, Pattern pattern) {
        static Sign of(String platform, String regex) {
            return new Sign(platform, Pattern.compile(regex, Pattern.MULTILINE));
        }
    }

    /** The order matters: a sign further down is found in traces of languages further up too. */
    private static final List<Sign> SIGNS = List.of(
            Sign.of("python", "Traceback \\(most recent call last\\):"),
            Sign.of("go", "^goroutine \\d{1,18} [^\\[\\n]{0,100}\\[[^\\]\\n]{1,200}]:"),
            Sign.of("csharp", "^ {1,8}at [^\\n]{1,2000}\\) in [^\\n]{1,1000}:line \\d{1,9}\\s*$"),
            Sign.of("csharp", "--- End of (?:inner exception )?stack trace"),
            Sign.of("csharp", "^(?:Unhandled [Ee]xception[.:] )?(?:System|Microsoft)\\.[\\w.]{1,200}Exception\\b"),
            Sign.of("javascript", "^\\s{1,20}at [^\\n]{1,2000}:\\d{1,9}:\\d{1,9}\\)?\\s*(?:\\{\\s*)?$"),
            Sign.of("javascript", "^[^@\\s]{0,500}@\\S{1,1000}:\\d{1,9}:\\d{1,9}$"));

    private TraceLanguage() {}

    /** The platform, as events name it; {@code java} when nothing tells of another one. */
    public static String of(String text) {
        return SIGNS.stream()
                .filter(sign -> sign.pattern().matcher(text).find())
                .map(Sign::platform)
                .findFirst()
                .orElse("java");
    }
}
