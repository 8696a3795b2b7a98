package dev.selfheal.attestation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.PatchVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;

/** Writes the in-toto Statement of a verdict. */
final class StatementWriter {

    private StatementWriter() {}

    static byte[] write(PatchVerdict verdict, Instant issuedAt, Instant expiresAt) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("_type", ValidationStatement.STATEMENT_TYPE);
        ArrayNode subjects = statement.putArray("subject");
        // Computed here and not taken from the verdict's own field: what is signed is what was looked at.
        subject(subjects, "patch.diff", "sha256", PatchDigest.sha256(verdict.getDiff()));
        subject(subjects, "tree", "gitTree", verdict.getTree());
        statement.put("predicateType", ValidationStatement.PREDICATE_TYPE);
        statement.set("predicate", predicate(verdict, issuedAt, expiresAt));
        return statement.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void subject(ArrayNode subjects, String name, String algorithm, String digest) {
        subjects.addObject().put("name", name).putObject("digest").put(algorithm, digest);
    }

    private static ObjectNode predicate(PatchVerdict verdict, Instant issuedAt, Instant expiresAt) {
        ObjectNode predicate = JsonNodeFactory.instance.objectNode();
        predicate.put("verdict", verdict.getVerdict().name());
        predicate.put("reason", verdict.getReason());
        predicate.put("baseCommit", verdict.getBaseCommit());
        predicate.put("service", verdict.getService());
        predicate.put("caseId", verdict.getCaseId());
        predicate.put("group", verdict.getGroup());
        predicate.put("attempt", verdict.getAttempt());
        predicate.put("verdictId", verdict.getVerdictId());
        verdict.getCandidate().ifPresent(candidate -> origin(predicate, candidate));
        verdict.getChecks().forEach(check -> predicate.withArray("checks").add(CheckJson.of(check)));
        predicate.set("evidence", EvidenceJson.of(verdict.getEvidence()));
        predicate.put("isolation", verdict.getEvidence().getIsolation().name());
        predicate.put("confidence", verdict.getConfidence());
        predicate.put("rawConfidence", verdict.getRawConfidence());
        ObjectNode factors = predicate.putObject("confidenceFactors");
        new TreeMap<>(verdict.getConfidenceFactors()).forEach(factors::put);
        predicate.put("issuedAt", issuedAt.toString());
        predicate.put("expiresAt", expiresAt.toString());
        return predicate;
    }

    private static void origin(ObjectNode predicate, CandidatePatch candidate) {
        predicate.put("patchId", candidate.getPatchId());
        predicate
                .putObject("origin")
                .put("kind", candidate.getOrigin().getKind().name())
                .put("name", candidate.getOrigin().getName())
                .put("version", candidate.getOrigin().getVersion());
        ArrayNode files = predicate.putArray("files");
        candidate.getEdits().forEach(edit -> files.add(edit.getPath()));
    }
}
