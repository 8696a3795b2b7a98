package dev.selfheal.standalone.corpus;

/**
 * One file in a Maven repository.
 *
 * @param classifier for example {@code sources}; empty for the main artifact
 */
record Artifact(String groupId, String artifactId, String version, String classifier) {

    /** The main artifact of {@code group:artifact:version}. */
    static Artifact parse(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not group:artifact:version: " + coordinates);
        }
        return new Artifact(parts[0], parts[1], parts[2], "");
    }

    /** Name of the file as Maven names it. */
    String fileName() {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
