package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Free-form tags: a flat object of strings, numbers and booleans. */
final class TagFields {

    private static final int MAX_TAGS = 64;
    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = ContractBounds.MAX_TAG_VALUE;

    private TagFields() {}

    static Map<String, String> read(Fields event, String name) throws InvalidEventException {
        Optional<Fields> tags = event.object(name);
        if (tags.isEmpty()) {
            return Map.of();
        }
        if (tags.get().names().size() > MAX_TAGS) {
            throw invalid(
                    event.pointerTo(name),
                    "has " + tags.get().names().size() + " tags; at most " + MAX_TAGS + " are allowed");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String tag : tags.get().names()) {
            Optional<JsonNode> value = tags.get().any(tag);
            if (value.isPresent()) {
                values.put(tag, text(tags.get(), tag, value.get()));
            }
        }
        return values;
    }

    private static String text(Fields tags, String tag, JsonNode value) throws InvalidEventException {
        if (tag.isBlank() || tag.length() > MAX_NAME) {
            throw invalid(tags.pointerTo(""), "a tag's name is blank or longer than " + MAX_NAME + " characters");
        }
        if (!value.isValueNode()) {
            throw invalid(tags.pointerTo(tag), "is " + Fields.kind(value) + "; give a string, a number or a boolean");
        }
        String text = value.asText();
        if (text.length() > MAX_VALUE) {
            throw invalid(
                    tags.pointerTo(tag), "has " + text.length() + " characters; at most " + MAX_VALUE + " are allowed");
        }
        return text;
    }
}
