package dev.selfheal.standalone.grouping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.project.Project;

/** Stack traces as text, read as the intake reads them. */
public final class ErrorText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorText() {}

    /**
     * Returns when the intake would take this stack trace.
     *
     * @throws InvalidEventException says why it would not
     */
    public static void check(String stackTrace) throws InvalidEventException, JsonProcessingException {
        byte[] event = JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("service", "service")
                .put("platform", "java")
                .put("stacktrace", stackTrace));
        new JsonEventParser(Limits.DEFAULT).parse(event, 0, event.length, Project.OPEN);
    }
}
