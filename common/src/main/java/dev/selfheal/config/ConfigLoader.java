package dev.selfheal.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Merges a properties file and the environment into one set of configuration values; the environment wins.
 *
 * <p>{@code SELFHEAL_BOOTSTRAP_SERVERS} sets {@code bootstrap.servers}: the prefix goes, the rest is put in lower case,
 * one underscore is a dot and two are an underscore.
 */
public final class ConfigLoader {

    private static final String PREFIX = "SELFHEAL_";
    /** The launcher's own variables; they configure no service. */
    private static final Set<String> LAUNCHER = Set.of("SELFHEAL_HOME", "SELFHEAL_JAVA_OPTS");
    /** Kubernetes puts these into every container beside a Kubernetes service whose name starts with "selfheal". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SELFHEAL_.*(_SERVICE_HOST|_SERVICE_PORT(_.*)?|_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private ConfigLoader() {}

    /**
     * @param file UTF-8 properties; none means the environment alone
     * @throws ConfigException when the file cannot be read
     */
    public static Map<String, String> load(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        file.ifPresent(path -> values.putAll(read(path)));
        environment.forEach((name, value) -> {
            if (isSetting(name, value)) {
                values.put(key(name), value);
            }
        });
        return values;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read configuration file " + file + ": " + e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static boolean isSetting(String name, String value) {
        return name.startsWith(PREFIX)
                && name.length() > PREFIX.length()
                && !LAUNCHER.contains(name)
                && !SERVICE_LINK.matcher(name).matches()
                && !SERVICE_LINK_VALUE.matcher(value).matches();
    }

    private static String key(String name) {
        return name.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }
}
