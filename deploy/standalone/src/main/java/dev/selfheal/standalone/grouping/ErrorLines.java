package dev.selfheal.standalone.grouping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.ErrorGroup;
import dev.selfheal.ingest.grouping.Grouping;
import dev.selfheal.ingest.grouping.GroupingRules;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.json.ParsedEvent;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.scrub.Scrubber;
import dev.selfheal.standalone.grouping.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Errors in newline-delimited JSON, of the form {@code /v1/errors} takes, to one line of JSON each: the group and the parts
 * of its key. It takes the intake's own way, so the key is the one the intake would give. Memory is bounded by one line.
 */
public final class ErrorLines {

    /** In ASCII: what is printed must not depend on the terminal's charset. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Limits limits = Limits.DEFAULT;
    private final JsonEventParser parser = new JsonEventParser(limits);
    private final EventAssembler assembler;
    private final Project project;

    /**
     * @param rules of a service, by its name
     * @param project says what the names of services mean
     */
    public ErrorLines(Function<String, GroupingRules> rules, Project project) {
        this.assembler = new EventAssembler(rules, new Scrubber(List.of()));
        this.project = project;
    }

    /**
     * @param lines that were not blank
     * @param refused of those, the ones that are no error
     */
    public record Count(long lines, long refused) {}

    /**
     * Answers every line that is not blank with one line, in order.
     *
     * @param refusals is told the number of each refused line and what is wrong with it
     */
    public Count group(InputStream input, PrintWriter out, BiConsumer<Long, String> refusals) throws IOException {
        LineReader lines = new LineReader(input, limits.eventBytes());
        long count = 0;
        long refused = 0;
        for (Line line = lines.next(); line.bytes().length > 0; line = lines.next()) {
            count++;
            try {
                out.println(parts(line));
            } catch (InvalidEventException e) {
                refused++;
                out.println(refusal(line, e));
                refusals.accept(line.number(), (e.field().isEmpty() ? "" : e.field() + " ") + e.getMessage());
            }
        }
        return new Count(count, refused);
    }

    private String parts(Line line) throws InvalidEventException, JsonProcessingException {
        ParsedEvent event = parser.parse(line.bytes(), 0, line.bytes().length, project);
        ErrorEventDraft draft = event.draft();
        ErrorGroup group = assembler.group(draft);
        ObjectNode parts = JSON.createObjectNode();
        parts.put("group", group.key());
        parts.put("version", Grouping.VERSION);
        parts.put("service", draft.service());
        parts.put("type", group.type());
        parts.put("frame", group.frame());
        parts.put("message", group.message());
        parts.put("variant", group.variant());
        parts.put("platform", draft.platform());
        addRemarks(parts, event);
        return JSON.writeValueAsString(parts);
    }

    /** As the intake's answer to one event has them; an event that gives no reason for any has none. */
    private static void addRemarks(ObjectNode parts, ParsedEvent event) {
        if (!event.ignored().isEmpty()) {
            parts.set("ignored", JSON.valueToTree(event.ignored()));
        }
        if (!event.notes().isEmpty()) {
            parts.set("notes", JSON.valueToTree(event.notes()));
        }
    }

    private static String refusal(Line line, InvalidEventException e) throws JsonProcessingException {
        ObjectNode answer = JSON.createObjectNode().put("line", line.number());
        answer.putObject("error")
                .put("code", e.reason().name())
                .put("field", e.field())
                .put("message", e.getMessage());
        return JSON.writeValueAsString(answer);
    }
}
