package dev.selfheal.analysis.healing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Ids that follow from what caused them, so that a replay gives the same ones and a duplicate is recognised. */
public final class CaseIds {

    private CaseIds() {}

    /**
     * @param previous id of the group's case before this one, so that two opened in one millisecond differ; may be empty
     */
    static String caseId(String group, Instant openedAt, String previous) {
        return "case-" + derived(group, openedAt.toString(), previous).replace("-", "").substring(0, 20);
    }

    /** A name-based UUID over the parts. */
    public static String derived(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
