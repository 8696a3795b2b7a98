package dev.selfheal.ingest.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Git commit ids where releases are named after them. Pure. */
public final class CommitId {

    /** A release that is a commit, or {@code package@commit}. */
    private static final Pattern RELEASE = Pattern.compile("(?:[^@]{1,200}@)?([0-9a-fA-F]{40}|[0-9a-fA-F]{64})");

    private CommitId() {}

    /** The full commit id in a release's name; empty when it holds none. */
    public static Optional<String> in(Optional<String> release) {
        return release.map(RELEASE::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT));
    }
}
