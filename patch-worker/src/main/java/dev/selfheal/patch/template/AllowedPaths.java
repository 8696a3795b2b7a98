package dev.selfheal.patch.template;

import dev.selfheal.event.HealingPolicy;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** The globs of a policy that a patch may touch. */
final class AllowedPaths {

    private final List<PathMatcher> matchers;

    AllowedPaths(HealingPolicy policy) {
        FileSystem files = FileSystems.getDefault();
        this.matchers = policy.getAutonomy().getAllowedPaths().stream()
                .map(glob -> files.getPathMatcher("glob:" + glob))
                .toList();
    }

    boolean allow(String path) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
    }
}
