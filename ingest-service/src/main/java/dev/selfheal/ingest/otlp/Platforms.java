package dev.selfheal.ingest.otlp;

import dev.selfheal.ingest.stacktrace.TraceLanguage;
import java.util.Map;

/** {@code telemetry.sdk.language} to our platforms. Pure. */
final class Platforms {

    private static final Map<String, String> BY_LANGUAGE = Map.of(
            "java", "java",
            "python", "python",
            "nodejs", "javascript",
            "webjs", "javascript",
            "go", "go",
            "dotnet", "csharp");

    private Platforms() {}

    /**
     * @param stacktrace looked at when no SDK says which language it is for; a collector may have read the record from a file
     */
    static String of(Sender sender, String stacktrace) {
        String language = sender.attributes().getOrDefault(Sender.LANGUAGE, "");
        if (language.isEmpty() && !stacktrace.isBlank()) {
            return TraceLanguage.of(stacktrace);
        }
        return BY_LANGUAGE.getOrDefault(language, "other");
    }
}
