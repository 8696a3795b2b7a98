package dev.selfheal.analysis.query;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The query parameters of one request; whatever is wrong with one is refused with its name. */
final class Parameters {

    private static final int LONGEST_VALUE = 1_024;
    private static final int STANDARD_PAGE = 50;

    private final Context context;

    /**
     * @param known every other parameter is refused, so that a typing error never passes for a filter
     */
    Parameters(Context context, Set<String> known) {
        this.context = context;
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw QueryException.invalid(shortened(name), "is no parameter here; known are " + sorted(known));
            }
        }
    }

    Optional<String> text(String name) {
        List<String> values = context.queryParams(name);
        if (values.size() > 1) {
            throw QueryException.invalid(name, "is given " + values.size() + " times");
        }
        Optional<String> value =
                values.stream().filter(given -> !given.isEmpty()).findFirst();
        if (value.isPresent() && value.get().length() > LONGEST_VALUE) {
            throw QueryException.invalid(name, "has more than " + LONGEST_VALUE + " characters");
        }
        return value;
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return text(name).map(value -> {
            try {
                return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw QueryException.invalid(
                        name, "is '" + shortened(value) + "', not one of " + Arrays.toString(type.getEnumConstants()));
            }
        });
    }

    /** Length of the page. */
    int limit(int most) {
        return text("limit").map(value -> number(value, most)).orElse(Math.min(STANDARD_PAGE, most));
    }

    private static int number(String value, int most) {
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw QueryException.invalid("limit", "is '" + shortened(value) + "', not a number from 1 to " + most);
        }
        throw QueryException.invalid("limit", "is " + value + ", not a number from 1 to " + most);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
