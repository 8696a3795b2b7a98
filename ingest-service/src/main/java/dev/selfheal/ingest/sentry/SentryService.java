package dev.selfheal.ingest.sentry;

import dev.selfheal.ingest.draft.ServiceName;
import dev.selfheal.ingest.project.Project;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which service an event is of; Sentry's events name none. In this order: the event's tag {@code service}, as the project
 * maps it; the project's own service; the package in a release {@code package@version}; the last part of the DSN, with
 * {@code project-} before it where it is but a number. Pure.
 */
final class SentryService {

    private static final Pattern NUMBER = Pattern.compile("\\d++");

    private SentryService() {}

    /**
     * @param path the project as it stands in the request's path
     */
    static String of(Project project, String path, Optional<String> tag, Optional<String> release) {
        return project.serviceOf(tag)
                .flatMap(ServiceName::normalised)
                .or(() -> project.serviceOf(Optional.empty()))
                .or(() -> release.filter(name -> name.lastIndexOf('@') > 0)
                        .flatMap(name -> ServiceName.normalised(name.substring(0, name.lastIndexOf('@')))))
                .or(() -> ServiceName.normalised(path)
                        .filter(name -> !NUMBER.matcher(name).matches()))
                .or(() -> ServiceName.normalised("project-" + path))
                .orElseThrow();
    }
}
