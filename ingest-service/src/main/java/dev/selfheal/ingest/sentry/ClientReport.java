package dev.selfheal.ingest.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.Fields;
import dev.selfheal.ingest.json.JsonTree;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many errors an SDK says it never sent, by its reason. */
public record ClientReport(Map<String, Long> lostErrors) {

    /** The reasons Sentry's SDKs document; another becomes {@code other}, for each is a time series. */
    private static final Set<String> REASONS = Set.of(
            "queue_overflow",
            "cache_overflow",
            "buffer_overflow",
            "ratelimit_backoff",
            "network_error",
            "send_error",
            "internal_sdk_error",
            "sample_rate",
            "before_send",
            "event_processor",
            "backpressure",
            "insufficient_data",
            "invalid");

    /** More than any SDK can drop between two reports; keeps a forged one from drowning the others. */
    private static final long MAX_QUANTITY = 1_000_000;

    public ClientReport {
        lostErrors = Map.copyOf(lostErrors);
    }

    /** Reads client reports. Thread-safe. */
    public static final class Parser {

        private final JsonTree trees;

        public Parser(Limits limits) {
            this.trees = new JsonTree(limits);
        }

        public ClientReport parse(byte[] utf8, int offset, int length) throws InvalidEventException {
            Fields report = new Fields(trees.read(utf8, offset, length), "");
            Map<String, Long> lost = new TreeMap<>();
            for (Fields discarded : report.objects("discarded_events")) {
                long quantity = discarded.any("quantity").map(JsonNode::asLong).orElse(0L);
                if (quantity > 0
                        && discarded.requiredText("category", Integer.MAX_VALUE).equals("error")) {
                    String reason = discarded.requiredText("reason", Integer.MAX_VALUE);
                    lost.merge(
                            REASONS.contains(reason) ? reason : "other", Math.min(quantity, MAX_QUANTITY), Long::sum);
                }
            }
            lost.replaceAll((reason, quantity) -> Math.min(quantity, MAX_QUANTITY));
            return new ClientReport(lost);
        }
    }
}
