package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.message.DerivedId;
import java.time.Instant;

/** Case ids that follow from what opened the case. */
final class CaseIds {

    private CaseIds() {}

    /**
     * @param previous id of the group's case before this one, so that two opened in one millisecond differ; may be empty
     */
    static String caseId(String group, Instant openedAt, String previous) {
        return "case-"
                + DerivedId.of(group, openedAt.toString(), previous)
                        .replace("-", "")
                        .substring(0, 20);
    }
}
