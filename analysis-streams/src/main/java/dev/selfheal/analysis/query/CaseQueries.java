package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.archive.CaseArchive;
import dev.selfheal.analysis.archive.VerdictArchive;
import dev.selfheal.analysis.query.Order.Place;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchVerdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What this instance knows of healing cases, the earlier ones of a group included. */
final class CaseQueries {

    static final Order BY_CHANGE = Order.byTime("updatedAt", "caseId");

    /** Too long for a row of a list; the case itself has them. */
    private static final List<String> DETAILS =
            List.of("history", "feedback", "refutedPatches", "patched", "watch", "classification");

    private final LocalStores stores;

    CaseQueries(LocalStores stores) {
        this.stores = stores;
    }

    Page list(Optional<CaseState> state, Optional<String> service, Supplier<Page> newPage, Deadline deadline) {
        return stores.<HealingCase>scan(CaseArchive.RECORDS, newPage, deadline, (rows, caseId, found) -> {
            boolean wanted = state.filter(other -> other != found.getState()).isEmpty()
                    && service.filter(name -> !name.equals(found.getService())).isEmpty();
            if (wanted) {
                rows.offer(new Place(found.getUpdatedAt().toEpochMilli(), caseId), () -> row(found));
            }
        });
    }

    /** The case with its full history, and the newest verdict on it as {@code verdict}: diff, checks, evidence, attestation. */
    ObjectNode one(String caseId) {
        ObjectNode body = stores.<HealingCase>get(CaseArchive.RECORDS, caseId)
                .map(Json::of)
                .orElseThrow(() -> QueryException.notFound("case " + caseId + " is not known here"));
        stores.<PatchVerdict>get(VerdictArchive.VERDICTS, caseId)
                .ifPresent(verdict -> body.set("verdict", Json.of(verdict)));
        return body;
    }

    private static ObjectNode row(HealingCase found) {
        ObjectNode row = Json.of(found);
        row.remove(DETAILS);
        if (!found.getHistory().isEmpty()) {
            row.put(
                    "reason",
                    found.getHistory().get(found.getHistory().size() - 1).getReason());
        }
        return row;
    }
}
