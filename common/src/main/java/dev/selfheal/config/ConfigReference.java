package dev.selfheal.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.types.Password;

/** Renders a service's configuration as Markdown, so that the manual is generated and cannot drift. */
public final class ConfigReference {

    private ConfigReference() {}

    /** A heading and a table of every key: most important first, then by name. */
    public static String markdown(String title, ConfigDef definition) {
        Comparator<ConfigKey> order = Comparator.<ConfigKey, Importance>comparing(key -> key.importance)
                .thenComparing(key -> key.name);
        List<ConfigKey> keys =
                definition.configKeys().values().stream().sorted(order).toList();
        return "## " + title + "\n\n"
                + "| key | type | default | valid | importance | what it does |\n"
                + "|---|---|---|---|---|---|\n"
                + keys.stream().map(ConfigReference::row).collect(Collectors.joining());
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + lower(key.type) + " | " + defaultOf(key) + " | "
                + (key.validator == null ? "" : cell(key.validator.toString())) + " | " + lower(key.importance)
                + " | " + cell(key.documentation) + " |\n";
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "*required*";
        }
        if (key.defaultValue instanceof Password secret && secret.value().isEmpty()) {
            return ""; // Kafka would say that it is hidden, as if there were one
        }
        String value = ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null || value.isEmpty() ? "" : "`" + cell(value) + "`";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
