package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The field {@code fingerprint}: what the sender wants its error to be grouped by. */
public final class Fingerprint {

    private static final String FIELD = "fingerprint";
    private static final int MAX_PARTS = 16;
    private static final int MAX_LENGTH = ContractBounds.MAX_SHORT_TEXT;

    private Fingerprint() {}

    /** As our own format has it; empty when the field is missing. */
    static List<String> strict(Fields event) throws InvalidEventException {
        Optional<JsonNode> sent = event.any(FIELD);
        if (sent.isEmpty()) {
            return List.of();
        }
        if (!sent.get().isArray() || sent.get().size() > MAX_PARTS) {
            throw invalid(event.pointerTo(FIELD), "is no array of at most " + MAX_PARTS + " strings");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : sent.get()) {
            if (!part.isTextual() || part.textValue().length() > MAX_LENGTH) {
                throw invalid(
                        event.pointerTo(FIELD) + "/" + parts.size(),
                        "is no string of at most " + MAX_LENGTH + " characters");
            }
            parts.add(part.textValue());
        }
        return parts;
    }

    /** As Sentry's SDKs send it: at most as many parts as ours, and empty when it is none. */
    public static List<String> lenient(Fields event) {
        List<String> parts = new ArrayList<>();
        event.any(FIELD)
                .filter(JsonNode::isArray)
                .ifPresent(sent -> sent.forEach(part -> {
                    if (part.isValueNode() && !part.isNull() && parts.size() < MAX_PARTS) {
                        parts.add(ContractBounds.beforeScrubbing(part.asText(), MAX_LENGTH));
                    }
                }));
        return parts;
    }
}
