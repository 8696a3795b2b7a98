package dev.selfheal.bench.risk;

import java.util.ArrayList;
import java.util.List;

/** Two releases of one library, the second the next after the first. */
record ReleasePair(String groupId, String artifactId, String before, String after) {

    /** The steps from each version to the next. */
    static List<ReleasePair> steps(String groupId, String artifactId, String... versions) {
        List<ReleasePair> steps = new ArrayList<>();
        for (int i = 1; i < versions.length; i++) {
            steps.add(new ReleasePair(groupId, artifactId, versions[i - 1], versions[i]));
        }
        return steps;
    }

    String sourcesBefore() {
        return artifactId + "-" + before + "-sources.jar";
    }

    String sourcesAfter() {
        return artifactId + "-" + after + "-sources.jar";
    }

    @Override
    public String toString() {
        return artifactId + " " + before + " to " + after;
    }
}
