package dev.selfheal.patch.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Paths as untrusted text: what comes out is relative to the repository root and stays below it. */
public final class RepositoryPath {

    private RepositoryPath() {}

    /**
     * Normalises to forward slashes without {@code .} segments.
     *
     * @return empty when the text is blank, absolute, has a drive letter, a {@code ..} segment, a control character, or
     *     leads into {@code .git}
     */
    public static Optional<String> normalise(String untrusted) {
        String path = untrusted.strip().replace('\\', '/');
        boolean absolute = path.startsWith("/") || path.startsWith("~") || path.matches("[A-Za-z]:.*");
        if (path.isEmpty() || absolute || path.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        List<String> segments = Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        boolean escapes = segments.contains("..") || segments.stream().anyMatch(".git"::equalsIgnoreCase);
        return segments.isEmpty() || escapes ? Optional.empty() : Optional.of(String.join("/", segments));
    }
}
