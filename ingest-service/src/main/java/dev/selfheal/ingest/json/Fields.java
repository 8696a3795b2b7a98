package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object by name and rule. A field that is {@code null} counts as missing. Remembers what was
 * asked for, so that {@link #unread()} names the rest. Not thread-safe.
 */
public final class Fields {

    /** Field names an object of ours has at most. */
    private static final int USUAL_NAMES = 16;

    private final JsonNode object;
    /** Written out only when it is asked for: hardly any of an event's objects has something to point at. */
    private final Supplier<String> pointer;
    /** A few names at most, which a list finds faster than a set. */
    private final List<String> known = new ArrayList<>(USUAL_NAMES);

    /**
     * @param pointer of the object itself; empty for the root
     */
    public Fields(JsonNode object, String pointer) throws InvalidEventException {
        this(object, () -> pointer);
    }

    private Fields(JsonNode object, Supplier<String> pointer) throws InvalidEventException {
        if (!object.isObject()) {
            throw invalid(pointer.get(), "is " + kind(object) + "; give a JSON object");
        }
        this.object = object;
        this.pointer = pointer;
    }

    public String pointerTo(String name) {
        return pointer.get() + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public Optional<JsonNode> any(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** Text of at most {@code maxLength} UTF-16 units. */
    public Optional<String> text(String name, int maxLength) throws InvalidEventException {
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            throw invalid(pointerTo(name), "is " + kind(node.get()) + "; give a string");
        }
        String text = node.get().textValue();
        if (text.length() > maxLength) {
            throw invalid(
                    pointerTo(name), "has " + text.length() + " characters; at most " + maxLength + " are allowed");
        }
        return Optional.of(text);
    }

    /**
     * @param form in words, what the pattern asks for
     */
    public Optional<String> text(String name, Pattern pattern, String form) throws InvalidEventException {
        Optional<String> text = text(name, Integer.MAX_VALUE);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            throw invalid(pointerTo(name), "has the wrong form; give " + form);
        }
        return text;
    }

    public String requiredText(String name, int maxLength) throws InvalidEventException {
        String text = text(name, maxLength).orElseThrow(() -> missing(name));
        if (text.isBlank()) {
            throw invalid(pointerTo(name), "is blank; give a value");
        }
        return text;
    }

    Optional<Boolean> bool(String name) throws InvalidEventException {
        Optional<JsonNode> node = any(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw invalid(pointerTo(name), "is " + kind(node.get()) + "; give true or false");
        }
        return node.map(JsonNode::booleanValue);
    }

    public int integer(String name, int least, int most, int otherwise) throws InvalidEventException {
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) {
            return otherwise;
        }
        boolean fits = node.get().isIntegralNumber() && node.get().canConvertToInt();
        if (!fits || node.get().intValue() < least || node.get().intValue() > most) {
            throw invalid(pointerTo(name), "is not an integer between " + least + " and " + most);
        }
        return node.get().intValue();
    }

    public Optional<Fields> object(String name) throws InvalidEventException {
        Optional<JsonNode> node = any(name);
        return node.isPresent() ? Optional.of(new Fields(node.get(), () -> pointerTo(name))) : Optional.empty();
    }

    /** The elements of an array; each must be an object. Empty when the field is missing. */
    public List<Fields> objects(String name) throws InvalidEventException {
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            throw invalid(pointerTo(name), "is " + kind(node.get()) + "; give an array");
        }
        List<Fields> elements = new ArrayList<>(node.get().size());
        for (JsonNode element : node.get()) {
            int index = elements.size();
            elements.add(new Fields(element, () -> pointerTo(name) + "/" + index));
        }
        return elements;
    }

    /** Names of all fields, in the sender's order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Pointers of the fields nobody asked for. */
    List<String> unread() {
        List<String> unread = new ArrayList<>(0);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unread.add(pointerTo(name));
            }
        });
        return unread;
    }

    public InvalidEventException missing(String name) {
        return invalid(pointerTo(name), "is missing; it is required");
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING, BINARY, POJO -> "nothing";
        };
    }
}
