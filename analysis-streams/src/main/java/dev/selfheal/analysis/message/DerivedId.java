package dev.selfheal.analysis.message;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids without chance: the same parts give the same id. */
public final class DerivedId {

    private DerivedId() {}

    /** A name-based UUID (RFC 9562, version 3) over the parts. */
    public static String of(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
