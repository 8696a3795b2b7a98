package dev.selfheal.ingest.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.json.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tags as an object or as a list of pairs; what exceeds the contract is left out, or cut once it is scrubbed. Pure. */
final class SentryTags {

    private static final int MAX_TAGS = 64;
    private static final int MAX_NAME = 128;

    private SentryTags() {}

    static Map<String, String> read(Fields event) {
        Map<String, String> tags = new LinkedHashMap<>();
        // First, so that no number of other tags crowds it out.
        SentryText.unscrubbed(event, "server_name", ContractBounds.MAX_TAG_VALUE)
                .ifPresent(host -> tags.put("server_name", host));
        Optional<JsonNode> sent = event.any("tags");
        if (sent.isPresent() && sent.get().isObject()) {
            sent.get().properties().forEach(tag -> put(tags, tag.getKey(), tag.getValue()));
        } else {
            sent.ifPresent(pairs -> pairs.forEach(pair -> put(tags, pair.path(0).asText(), pair.path(1))));
        }
        return tags;
    }

    private static void put(Map<String, String> tags, String name, JsonNode value) {
        boolean fits = !name.isBlank() && name.length() <= MAX_NAME && tags.size() < MAX_TAGS;
        if (fits && value.isValueNode() && !value.isNull()) {
            tags.putIfAbsent(name, ContractBounds.beforeScrubbing(value.asText(), ContractBounds.MAX_TAG_VALUE));
        }
    }
}
