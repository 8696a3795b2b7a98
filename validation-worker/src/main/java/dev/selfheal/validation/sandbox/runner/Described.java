package dev.selfheal.validation.sandbox.runner;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values in words that are equal when the values are, as far as that can be told without calling the project's code. */
final class Described {

    private static final int MAX_CHARS = 200;
    private static final int MAX_ELEMENTS = 20;
    private static final int MAX_DEPTH = 3;

    private Described() {}

    static String of(Object value) {
        String text = of(value, 0);
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…" + text.hashCode();
    }

    private static String of(Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence && isOfTheJdk(value)) {
            return "\"" + value + "\"";
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (isSimple(value)) {
            return String.valueOf(value);
        }
        if (depth < MAX_DEPTH && value.getClass().isArray()) {
            return elements(array(value), depth);
        }
        return depth < MAX_DEPTH && isOfTheJdk(value)
                ? ofContainer(value, depth)
                : "a " + value.getClass().getName();
    }

    private static String ofContainer(Object value, int depth) {
        if (value instanceof Optional<?> optional) {
            return "optional " + of(optional.orElse(null), depth + 1);
        }
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, each) -> entries.add(of(key, depth + 1) + "=" + of(each, depth + 1)));
            entries.sort(null);
            return "{" + String.join(", ", entries) + "}";
        }
        if (value instanceof Set<?> set) {
            List<String> elements = new ArrayList<>();
            set.forEach(each -> elements.add(of(each, depth + 1)));
            elements.sort(null);
            return "{" + String.join(", ", elements) + "}";
        }
        return value instanceof Collection<?> collection
                ? elements(new ArrayList<>(collection), depth)
                : "a " + value.getClass().getName();
    }

    private static String elements(List<?> values, int depth) {
        List<String> elements = new ArrayList<>();
        values.stream().limit(MAX_ELEMENTS).forEach(each -> elements.add(of(each, depth + 1)));
        return "[" + String.join(", ", elements) + "]" + (values.size() > MAX_ELEMENTS ? " of " + values.size() : "");
    }

    private static List<Object> array(Object array) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            values.add(Array.get(array, i));
        }
        return values;
    }

    private static boolean isSimple(Object value) {
        return value instanceof Boolean
                || value instanceof Character
                || (value instanceof Number && value.getClass().getName().startsWith("java."))
                || value.getClass().getName().startsWith("java.time.")
                || value instanceof Class<?>;
    }

    private static boolean isOfTheJdk(Object value) {
        return value.getClass().getName().startsWith("java.");
    }
}
