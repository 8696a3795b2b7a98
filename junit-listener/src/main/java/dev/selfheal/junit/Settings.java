package dev.selfheal.junit;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * Where failures go and what is known of the code. Each setting is a JUnit configuration parameter or system property
 * {@code selfheal.name}, or the environment variable {@code SELFHEAL_NAME}. Immutable.
 */
final class Settings {

    private static final Logger LOG = Logger.getLogger(Settings.class.getName());
    /** Where the common build servers say which commit they build. */
    private static final List<String> BUILD_SERVERS = List.of(
            "GITHUB_SHA",
            "CI_COMMIT_SHA",
            "GIT_COMMIT",
            "CIRCLE_SHA1",
            "BUILDKITE_COMMIT",
            "BITBUCKET_COMMIT",
            "TRAVIS_COMMIT",
            "BUILD_SOURCEVERSION");

    private final URI endpoint;
    private final Optional<String> key;
    private final String service;
    private final Optional<String> commit;
    private final String module;

    private Settings(URI endpoint, Optional<String> key, String service, Optional<String> commit, String module) {
        this.endpoint = endpoint;
        this.key = key;
        this.service = service;
        this.commit = commit;
        this.module = module;
    }

    /** Empty when no failures are to be reported: no address is given, or it is none. */
    static Optional<Settings> of(ConfigurationParameters parameters, Map<String, String> environment) {
        return setting("url", parameters, environment)
                .flatMap(Settings::endpoint)
                .map(endpoint -> {
                    Path project = Path.of(Objects.requireNonNullElse(System.getProperty("basedir"), ""))
                            .toAbsolutePath()
                            .normalize();
                    Optional<GitFolder> git = GitFolder.above(project);
                    return new Settings(
                            endpoint,
                            setting("key", parameters, environment),
                            setting("service", parameters, environment)
                                    .orElseGet(() -> String.valueOf(git.map(GitFolder::root)
                                            .orElse(project)
                                            .getFileName())),
                            setting("commit", parameters, environment)
                                    .or(() -> BUILD_SERVERS.stream()
                                            .map(environment::get)
                                            .filter(Objects::nonNull)
                                            .findFirst())
                                    .or(() -> git.flatMap(GitFolder::commit))
                                    .filter(GitFolder::isCommit),
                            setting("module", parameters, environment)
                                    .or(() -> git.map(found -> found.folder(project)))
                                    .orElse(""));
                });
    }

    URI errorsEndpoint() {
        return endpoint;
    }

    /** The project's key, where the intake asks for one. */
    Optional<String> key() {
        return key;
    }

    String service() {
        return service;
    }

    /** Full id of the commit under test. */
    Optional<String> commit() {
        return commit;
    }

    /** The module's folder below the repository's root, with forward slashes; empty for the root. */
    String module() {
        return module;
    }

    private static Optional<String> setting(
            String name, ConfigurationParameters parameters, Map<String, String> environment) {
        return parameters
                .get("selfheal." + name)
                .or(() -> Optional.ofNullable(environment.get("SELFHEAL_" + name.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<URI> endpoint(String url) {
        try {
            URI endpoint = new URI(url.endsWith("/") ? url : url + "/").resolve("v1/errors");
            if (endpoint.getHost() != null
                    && String.valueOf(endpoint.getScheme()).startsWith("http")) {
                return Optional.of(endpoint);
            }
        } catch (URISyntaxException e) {
            LOG.log(Level.FINE, "selfheal.url", e);
        }
        LOG.warning("selfheal.url is '" + url + "', which is no http address; failing tests are not reported");
        return Optional.empty();
    }
}
