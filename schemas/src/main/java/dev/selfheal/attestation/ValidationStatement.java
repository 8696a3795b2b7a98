package dev.selfheal.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What an attestation says: an in-toto Statement v1 about a patch.
 *
 * @param patchSha256 of the unified diff as UTF-8, hex
 * @param gitTree git's id of the tree that the patch makes out of the base commit
 * @param verdict for example {@code APPROVED}; a valid signature alone approves nothing
 * @param predicate all of the predicate, for what has no accessor here: checks, evidence, origin
 */
public record ValidationStatement(
        String patchSha256,
        String gitTree,
        String verdict,
        String baseCommit,
        String service,
        String caseId,
        Instant issuedAt,
        Instant expiresAt,
        JsonNode predicate) {

    public static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    public static final String PREDICATE_TYPE = "https://selfheal.dev/attestation/validation/v1";
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /**
     * @throws MalformedAttestationException when the JSON is no such statement
     */
    static ValidationStatement parse(byte[] json) throws MalformedAttestationException {
        try {
            JsonNode node = Json.readStrictly(json);
            expect(node, "_type", STATEMENT_TYPE);
            expect(node, "predicateType", PREDICATE_TYPE);
            JsonNode predicate = Json.required(node, "predicate");
            return new ValidationStatement(
                    digest(node, "sha256"),
                    digest(node, "gitTree"),
                    Json.text(predicate, "verdict"),
                    Json.text(predicate, "baseCommit"),
                    Json.text(predicate, "service"),
                    Json.text(predicate, "caseId"),
                    Instant.parse(Json.text(predicate, "issuedAt")),
                    Instant.parse(Json.text(predicate, "expiresAt")),
                    predicate);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new MalformedAttestationException("no validation statement: " + e.getMessage(), e);
        }
    }

    private static void expect(JsonNode node, String field, String value) {
        String found = Json.text(node, field);
        if (!found.equals(value)) {
            throw new IllegalArgumentException("'" + field + "' is " + found + ", expected " + value);
        }
    }

    /** The one subject with a digest of this algorithm; two would leave open which one was meant. */
    private static String digest(JsonNode statement, String algorithm) {
        String found = null;
        for (JsonNode subject : Json.required(statement, "subject")) {
            JsonNode digests = Json.required(subject, "digest");
            if (digests.has(algorithm)) {
                if (found != null) {
                    throw new IllegalArgumentException("more than one subject with a " + algorithm + " digest");
                }
                found = Json.text(digests, algorithm);
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("no subject with a " + algorithm + " digest");
        }
        return found;
    }
}
