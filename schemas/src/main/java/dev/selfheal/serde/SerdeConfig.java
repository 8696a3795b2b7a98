package dev.selfheal.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The part of Confluent's serde configuration that we honour, under Confluent's names. Other keys are ignored. */
public final class SerdeConfig extends AbstractConfig {

    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    SCHEMA_REGISTRY_URL,
                    Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                    Importance.HIGH,
                    "Base URLs of the schema registry, comma-separated; the next is tried when one does not answer.")
            .define(
                    AUTO_REGISTER_SCHEMAS,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Register the schema of a record on first use; false looks it up only.")
            .define(
                    SPECIFIC_AVRO_READER,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Accepted for compatibility; generated classes are always read.")
            .define(
                    BASIC_AUTH_CREDENTIALS_SOURCE,
                    Type.STRING,
                    "URL",
                    ConfigDef.ValidString.in("URL", "USER_INFO"),
                    Importance.MEDIUM,
                    "Where the registry's user and password stand: in its URL, or in basic.auth.user.info.")
            .define(
                    BASIC_AUTH_USER_INFO,
                    Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "user:password for the registry, with credentials source USER_INFO.");

    public SerdeConfig(Map<?, ?> values) {
        super(DEFINITION, values, false);
        if (!getBoolean(SPECIFIC_AVRO_READER)) {
            throw new ConfigException(SPECIFIC_AVRO_READER, false, "only generated classes are read");
        }
    }

    List<URI> registryUrls() {
        return getList(SCHEMA_REGISTRY_URL).stream().map(SerdeConfig::baseUrl).toList();
    }

    boolean autoRegister() {
        return getBoolean(AUTO_REGISTER_SCHEMAS);
    }

    /** The value of the {@code Authorization} header. */
    Optional<String> authorization() {
        Optional<String> userInfo =
                getString(BASIC_AUTH_CREDENTIALS_SOURCE).equals("USER_INFO") ? configuredUser() : userInUrl();
        return userInfo.map(
                user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> configuredUser() {
        Password user = getPassword(BASIC_AUTH_USER_INFO);
        if (user.value().isBlank()) {
            throw new ConfigException(
                    BASIC_AUTH_USER_INFO + " must be set when " + BASIC_AUTH_CREDENTIALS_SOURCE + " is USER_INFO");
        }
        return Optional.of(user.value());
    }

    private Optional<String> userInUrl() {
        return registryUrls().stream()
                .map(URI::getUserInfo)
                .flatMap(user -> Optional.ofNullable(user).stream())
                .findFirst();
    }

    private static URI baseUrl(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SCHEMA_REGISTRY_URL, "(not shown)", "is not a URL");
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new ConfigException(SCHEMA_REGISTRY_URL, uri.getHost(), "must be an http or https URL");
        }
        return uri;
    }
}
