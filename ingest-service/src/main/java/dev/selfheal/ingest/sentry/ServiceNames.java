package dev.selfheal.ingest.sentry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which service an event is of: Sentry knows projects by number, and events name no service. In this order: the event's
 * tag {@code service}; what is configured for the project; the package in a release {@code package@version}; else
 * {@code project-} and the project. Immutable.
 */
public final class ServiceNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern FORBIDDEN = Pattern.compile("[^a-z0-9._-]");
    private static final int MAX_PROJECT = 40;

    private final Map<String, String> byProject;

    private ServiceNames(Map<String, String> byProject) {
        this.byProject = Map.copyOf(byProject);
    }

    /**
     * @param entries {@code project=service}
     * @throws IllegalArgumentException naming the entry that is none
     */
    public static ServiceNames parse(List<String> entries) {
        Map<String, String> byProject = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String service = entry.substring(equals + 1).strip();
            if (equals < 1 || !NAME.matcher(service).matches()) {
                throw new IllegalArgumentException(
                        "'" + entry + "' is not project=service, with a service of lower-case"
                                + " letters, digits, '.', '_' and '-'");
            }
            byProject.put(entry.substring(0, equals).strip(), service);
        }
        return new ServiceNames(byProject);
    }

    String of(String project, Optional<String> tag, Optional<String> release) {
        return tag.flatMap(ServiceNames::name)
                .or(() -> Optional.ofNullable(byProject.get(project)))
                .or(() -> release.filter(name -> name.indexOf('@') > 0)
                        .map(name -> name.substring(0, name.indexOf('@')))
                        .flatMap(ServiceNames::name))
                .orElseGet(() -> "project-"
                        + FORBIDDEN
                                .matcher(SentryText.cut(project.toLowerCase(Locale.ROOT), MAX_PROJECT))
                                .replaceAll("-"));
    }

    private static Optional<String> name(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT))
                .filter(name -> NAME.matcher(name).matches());
    }
}
