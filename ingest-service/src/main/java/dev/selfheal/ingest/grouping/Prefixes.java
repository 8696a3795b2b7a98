package dev.selfheal.ingest.grouping;

import java.util.List;

/** Prefixes of names of packages, modules, classes and methods, which end where a part of the name ends. Pure. */
final class Prefixes {

    private Prefixes() {}

    static boolean anyHolds(List<String> prefixes, String name) {
        return prefixes.stream().anyMatch(prefix -> holds(prefix, name));
    }

    private static boolean holds(String prefix, String name) {
        return name.startsWith(prefix)
                && (name.length() == prefix.length()
                        || prefix.endsWith(".")
                        || prefix.endsWith("/")
                        || ".$/".indexOf(name.charAt(prefix.length())) >= 0);
    }
}
