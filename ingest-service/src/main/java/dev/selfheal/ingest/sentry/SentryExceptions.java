package dev.selfheal.ingest.sentry;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.json.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sentry's exceptions, root cause first, to our chain, outermost first. Not thread-safe. */
final class SentryExceptions {

    private static final int MAX_NAME = 1_024;
    private static final int MAX_CHAIN = 256;
    private static final int NO_ID = -1;

    private final SentryFrames frames;

    SentryExceptions(SentryFrames frames) {
        this.frames = frames;
    }

    /** Empty when the event tells of no exception: it is a message, or a dump of threads. */
    List<ExceptionInfo> read(Fields event) throws InvalidEventException {
        List<Fields> sent = values(event);
        if (sent.size() > MAX_CHAIN) {
            throw InvalidEventException.tooLarge(
                    event.pointerTo("exception"),
                    "has " + sent.size() + " exceptions; at most " + MAX_CHAIN + " are allowed");
        }
        List<ExceptionInfo> chain = new ArrayList<>(sent.size());
        Set<Integer> suppressed = new HashSet<>();
        // From the outermost on: what is suppressed is named before what caused it.
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (!isSuppressed(sent.get(i), suppressed)) {
                chain.add(exception(sent.get(i)));
            }
        }
        return Collections.unmodifiableList(chain);
    }

    /** {@code exception.values} today, a bare list from older SDKs. */
    private static List<Fields> values(Fields event) throws InvalidEventException {
        boolean bareList = event.any("exception").filter(node -> node.isArray()).isPresent();
        if (bareList) {
            return event.objects("exception");
        }
        Optional<Fields> exception = event.object("exception");
        return exception.isPresent() ? exception.get().objects("values") : List.of();
    }

    private ExceptionInfo exception(Fields fields) throws InvalidEventException {
        Optional<String> type = SentryText.lenient(fields, "type", MAX_NAME);
        Optional<String> message = SentryText.lenient(fields, "value", Integer.MAX_VALUE);
        if (type.isEmpty() && message.isEmpty()) {
            throw InvalidEventException.invalid(
                    fields.pointerTo("type"), "is missing, and so is value; an exception needs one of them");
        }
        return new ExceptionInfo(qualified(fields, type.orElse("Error")), message.orElse(null), frames.read(fields));
    }

    /** Java and Python send the package apart from the name. */
    private static String qualified(Fields fields, String type) {
        return SentryText.lenient(fields, "module", MAX_NAME)
                .filter(module -> !module.equals("builtins") && !type.startsWith(module + "."))
                .map(module -> module + "." + type)
                .orElse(type);
    }

    /** Suppressed exceptions, and what caused them, did not break the call. */
    private static boolean isSuppressed(Fields fields, Set<Integer> suppressed) throws InvalidEventException {
        Optional<Fields> mechanism = fields.object("mechanism");
        if (mechanism.isEmpty()) {
            return false;
        }
        int id = number(mechanism.get(), "exception_id");
        boolean byType = SentryText.lenient(mechanism.get(), "type", MAX_NAME)
                .filter("suppressed"::equals)
                .isPresent();
        boolean isSuppressed = byType || suppressed.contains(number(mechanism.get(), "parent_id"));
        if (isSuppressed && id != NO_ID) {
            suppressed.add(id);
        }
        return isSuppressed;
    }

    private static int number(Fields fields, String name) {
        return fields.any(name)
                .filter(node -> node.canConvertToInt())
                .map(node -> node.intValue())
                .orElse(NO_ID);
    }
}
