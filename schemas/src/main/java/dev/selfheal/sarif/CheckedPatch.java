package dev.selfheal.sarif;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.attestation.CheckJson;
import dev.selfheal.attestation.ValidationStatement;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.PatchVerdict;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A patch, what was decided about it, and what the checks found.
 *
 * @param baseCommit full commit id that the lines of the findings are on once the patch is applied
 * @param files that the patch changes, from the repository's root
 */
public record CheckedPatch(
        String verdict,
        String reason,
        String service,
        String caseId,
        String baseCommit,
        List<String> files,
        List<CheckResult> checks) {

    public CheckedPatch {
        files = List.copyOf(files);
        checks = List.copyOf(checks);
    }

    public static CheckedPatch of(PatchVerdict verdict) {
        return new CheckedPatch(
                verdict.getVerdict().name(),
                verdict.getReason(),
                verdict.getService(),
                verdict.getCaseId(),
                verdict.getBaseCommit(),
                verdict.getCandidate().stream()
                        .flatMap(candidate -> candidate.getEdits().stream())
                        .map(FileEdit::getPath)
                        .toList(),
                verdict.getChecks());
    }

    /** What was signed, and nothing else. */
    public static CheckedPatch of(ValidationStatement statement) {
        return of(statement.predicate(), texts(statement.predicate().path("files")));
    }

    /** A verdict as the read model gives it: JSON with the field names of the record. */
    public static CheckedPatch ofReadModel(JsonNode verdict) {
        return of(
                verdict,
                elements(verdict.path("candidate").path("edits"))
                        .map(edit -> edit.path("path").asText())
                        .toList());
    }

    private static CheckedPatch of(JsonNode verdict, List<String> files) {
        return new CheckedPatch(
                verdict.path("verdict").asText(),
                verdict.path("reason").asText(),
                verdict.path("service").asText(),
                verdict.path("caseId").asText(),
                verdict.path("baseCommit").asText(),
                files,
                CheckJson.read(verdict.path("checks")));
    }

    private static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
