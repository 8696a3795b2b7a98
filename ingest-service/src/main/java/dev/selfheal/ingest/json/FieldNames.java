package dev.selfheal.ingest.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields to tell a sender of: each name once, whichever element of an array it stands in, and {@value #MOST} at most, for a
 * mistake is made the same way a thousand times. Used by one thread.
 */
public final class FieldNames {

    /** More than a format has by mistake; a sender of something else altogether sees what it sends. */
    public static final int MOST = 32;

    private static final Pattern INDEX = Pattern.compile("/\\d+(?=/)");

    private final Set<String> names = new HashSet<>();
    private final List<String> first = new ArrayList<>(0);

    /** True when it is the first of its name, and there is room for it. */
    public boolean add(String pointer) {
        if (first.size() == MOST || !names.add(INDEX.matcher(pointer).replaceAll("/*"))) {
            return false;
        }
        return first.add(pointer);
    }

    /** The pointer of the first field of each name. */
    public List<String> first() {
        return List.copyOf(first);
    }
}
