package dev.selfheal.validation.dependency;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses third-party code that nobody allowed, and what is known to be vulnerable even if somebody did. Thread-safe. */
public final class DependencyRules {

    private final Set<String> allowed;
    private final Advisories advisories;

    /**
     * @param allowed {@code group:artifact} for any version, {@code group:artifact:version} for one
     */
    public DependencyRules(Set<String> allowed, Advisories advisories) {
        this.allowed = Set.copyOf(allowed);
        this.advisories = advisories;
    }

    /**
     * @param path of the build file, for the findings
     */
    public List<Finding> of(Set<Coordinates> added, String path) {
        List<Finding> findings = new ArrayList<>();
        for (Coordinates artifact : added) {
            if (!allowed.contains(artifact.name()) && !allowed.contains(artifact.toString())) {
                findings.add(
                        error("SH-DEPENDENCY-ADDED", artifact + " is added and not on the list of allowed ones", path));
            }
            List<String> ids = advisories.against(artifact);
            if (!ids.isEmpty()) {
                findings.add(error("SH-DEPENDENCY-VULNERABLE", artifact + ": " + String.join(", ", ids), path));
            }
        }
        return findings;
    }

    private static Finding error(String rule, String message, String path) {
        return Findings.of(rule, FindingLevel.ERROR, message, path, 0);
    }
}
