package dev.selfheal.ingest.sentry;

import dev.selfheal.ingest.project.Project;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which service an event is of; Sentry's events name none. In this order: the event's tag {@code service}, as the project
 * maps it; the project's own service; the package in a release {@code package@version}; the last part of the DSN, with
 * {@code project-} before it where it is but a number. Pure.
 */
final class ServiceName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern NUMBER = Pattern.compile("\\d++");
    private static final Pattern FORBIDDEN = Pattern.compile("[^a-z0-9._-]");
    private static final int MAX_PATH = 40;

    private ServiceName() {}

    /**
     * @param path the project as it stands in the request's path
     */
    static String of(Project project, String path, Optional<String> tag, Optional<String> release) {
        return project.serviceOf(tag)
                .flatMap(ServiceName::valid)
                .or(() -> project.serviceOf(Optional.empty()))
                .or(() -> release.filter(name -> name.indexOf('@') > 0)
                        .flatMap(name -> valid(name.substring(0, name.indexOf('@')))))
                .or(() -> valid(path).filter(name -> !NUMBER.matcher(name).matches()))
                .orElseGet(() -> "project-" + allowed(path));
    }

    private static Optional<String> valid(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT))
                .filter(name -> NAME.matcher(name).matches());
    }

    private static String allowed(String path) {
        return FORBIDDEN
                .matcher(SentryText.cut(path.toLowerCase(Locale.ROOT), MAX_PATH))
                .replaceAll("-");
    }
}
