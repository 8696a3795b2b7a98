package dev.selfheal.ingest.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.json.Fields;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text out of Sentry's JSON. What only describes an error is never a reason to refuse it. Pure. */
final class SentryText {

    private static final Pattern EVENT_ID = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F-]{36}");

    private SentryText() {}

    /** The text, cut to the given length; empty when it is missing, blank or no text. */
    static Optional<String> lenient(Optional<JsonNode> node, int maxLength) {
        return node.filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank())
                .map(text -> ContractBounds.cut(text, maxLength));
    }

    /** The text; of a longer one as much as is needed to scrub it before it is cut. */
    static Optional<String> unscrubbed(Fields fields, String name, int maxLength) {
        return lenient(fields, name, Integer.MAX_VALUE).map(text -> ContractBounds.beforeScrubbing(text, maxLength));
    }

    static Optional<String> lenient(Fields fields, String name, int maxLength) {
        return lenient(fields.any(name), maxLength);
    }

    static Optional<String> eventId(Fields fields) throws InvalidEventException {
        return fields.text("event_id", EVENT_ID, "a UUID, 32 hex digits");
    }
}
