package dev.selfheal.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.ingest.draft.ContractBounds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who sent the records of one resource. A resource stands for any number of records: it is read once, and cut to what is used
 * of it, so that no record costs a long resource's length again. Immutable.
 *
 * @param attributes those that are used, by their names; scalar values as text
 * @param digest of all attributes
 */
record Sender(Map<String, String> attributes, String digest) {

    static final String SERVICE = "service.name";
    static final String RELEASE = "service.version";
    static final String ENVIRONMENT = "deployment.environment.name";
    /** Its name before semantic conventions 1.27. */
    static final String OLD_ENVIRONMENT = "deployment.environment";

    static final String COMMIT = "vcs.ref.head.revision";
    static final String LANGUAGE = "telemetry.sdk.language";
    static final String HOST = "host.name";

    private static final Set<String> USED =
            Set.of(SERVICE, RELEASE, ENVIRONMENT, OLD_ENVIRONMENT, COMMIT, LANGUAGE, HOST);
    private static final int MAX_VALUE = ContractBounds.MAX_TAG_VALUE;

    Sender {
        attributes = Map.copyOf(attributes);
    }

    static Sender of(Map<String, String> resource) {
        Map<String, String> used = new LinkedHashMap<>();
        resource.forEach((name, value) -> {
            if (USED.contains(name)) {
                used.put(name, ContractBounds.beforeScrubbing(value, MAX_VALUE));
            }
        });
        return new Sender(
                used,
                UUID.nameUUIDFromBytes(resource.toString().getBytes(UTF_8)).toString());
    }
}
