package dev.selfheal.validation.dependency;

/**
 * A Maven artifact.
 *
 * @param version empty when the build file leaves it to a parent or a managed version
 */
public record Coordinates(String group, String artifact, String version) {

    /** {@code group:artifact}, the name advisories use. */
    public String name() {
        return group + ":" + artifact;
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name() : name() + ":" + version;
    }
}
