package dev.selfheal.ingest.otlp;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.project.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An OTLP request to drafts. A failure that is recorded more than once within a trace, by each span it passes and by the
 * log, becomes one draft: its id is made from the trace, the root cause's type and the place, so that the same failure in
 * another request is recognised downstream too. Thread-safe.
 */
public final class OtlpParser {

    private final Limits limits;
    private final ProtobufDecoder protobuf;
    private final JsonDecoder json;

    public OtlpParser(Limits limits) {
        this.limits = limits;
        this.protobuf = new ProtobufDecoder(limits.eventBytes());
        this.json = new JsonDecoder(limits);
    }

    /**
     * @param project that the sender's key is of
     * @throws InvalidEventException when the request as a whole cannot be read, or holds too many exceptions
     */
    public Telemetry parse(Signal signal, Encoding encoding, byte[] body, Project project)
            throws InvalidEventException {
        OtlpBatch batch = new OtlpBatch(limits.eventsPerRequest());
        decoder(encoding).decode(signal, body, batch);
        List<ErrorEventDraft> drafts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (TelemetryRecord record : batch.exceptions()) {
            ErrorEventDraft draft = TelemetryDraft.of(record, project);
            if (draft.eventId().map(ids::add).orElse(true)) {
                drafts.add(draft);
            }
        }
        return new Telemetry(drafts, batch.malformed(), batch.exceptions().size() - drafts.size(), batch.others());
    }

    private OtlpDecoder decoder(Encoding encoding) {
        return switch (encoding) {
            case PROTOBUF -> protobuf;
            case JSON -> json;
        };
    }
}
