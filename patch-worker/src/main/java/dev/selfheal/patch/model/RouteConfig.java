package dev.selfheal.patch.model;

import dev.selfheal.runtime.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys of one route, each written {@code model.<route>.} and the name here. */
public final class RouteConfig extends AbstractConfig {

    public static final String PROTOCOL = "protocol";
    public static final String BASE_URL = "base.url";
    public static final String MODEL = "name";
    public static final String API_KEYS = "api.keys";
    public static final String MAX_TOKENS = "max.tokens";
    public static final String MAX_TOKENS_FIELD = "max.tokens.field";
    public static final String TEMPERATURE = "temperature";
    public static final String PRICE_INPUT = "price.input.usd";
    public static final String PRICE_CACHED = "price.cached.input.usd";
    public static final String PRICE_OUTPUT = "price.output.usd";
    public static final String BUDGET = "budget.usd.per.day";
    public static final String WEIGHT = "weight";
    public static final String IN_FLIGHT = "max.in.flight";
    public static final String REQUESTS_PER_MINUTE = "requests.per.minute";
    public static final String DEADLINE = "deadline.ms";
    public static final String MAX_RESPONSE = "max.response.bytes";
    public static final String ATTEMPTS = "retry.max.attempts";
    public static final String BACKOFF_BASE = "retry.backoff.ms";
    public static final String BACKOFF_CAP = "retry.backoff.max.ms";
    public static final String PATIENCE = "retry.patience.ms";
    public static final String BREAKER_WINDOW = "breaker.window.calls";
    public static final String BREAKER_MINIMUM = "breaker.minimum.calls";
    public static final String BREAKER_FAILURES = "breaker.failure.percent";
    public static final String BREAKER_OPEN = "breaker.open.ms";
    public static final String BREAKER_OPEN_MAX = "breaker.open.max.ms";
    public static final String PARK = "key.park.ms";

    private final String route;

    /**
     * @param values without the prefix {@code model.<route>.}
     */
    public RouteConfig(String route, Map<?, ?> values) {
        super(definition(), values, false);
        this.route = route;
        for (String key : originals().keySet()) {
            if (!definition().names().contains(key)) {
                throw new ConfigException("unknown configuration key 'model." + route + "." + key + "'; known are "
                        + new TreeSet<>(definition().names()));
            }
        }
    }

    public static ConfigDef definition() {
        ConfigDef keys = new ConfigDef();
        defineModel(keys);
        defineMoney(keys);
        defineLimits(keys);
        defineRetry(keys);
        defineBreaker(keys);
        return keys;
    }

    private static void defineModel(ConfigDef keys) {
        keys.define(
                PROTOCOL,
                Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                ValidString.in("anthropic", "openai"),
                Importance.HIGH,
                "Protocol of the route: anthropic (Messages) or openai (Chat Completions: also Ollama, vLLM and others).");
        keys.define(
                BASE_URL,
                Type.STRING,
                "",
                Importance.HIGH,
                "Where the API begins: the protocol adds /v1/messages (anthropic) or /chat/completions (openai). "
                        + "Empty takes the vendor's own address.");
        keys.define(
                MODEL,
                Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                Importance.HIGH,
                "The model's name at the provider.");
        keys.define(
                API_KEYS,
                Type.PASSWORD,
                "",
                Importance.HIGH,
                "API keys, comma-separated; calls are spread over them. Empty for a server that asks for none.");
        keys.define(
                MAX_TOKENS,
                Type.INT,
                8192,
                Range.atLeast(1),
                Importance.MEDIUM,
                "Most tokens a reply may have; doubled once when a reply is cut off.");
        keys.define(
                MAX_TOKENS_FIELD,
                Type.STRING,
                "max_tokens",
                ValidString.in("max_tokens", "max_completion_tokens"),
                Importance.LOW,
                "Field of the openai protocol that carries the limit; newer models of OpenAI want max_completion_tokens.");
        keys.define(
                TEMPERATURE,
                Type.DOUBLE,
                null,
                Importance.LOW,
                "Sampling temperature; not sent when unset, since some models refuse it.");
    }

    private static void defineMoney(ConfigDef keys) {
        keys.define(
                PRICE_INPUT,
                Type.DOUBLE,
                0.0,
                Range.atLeast(0),
                Importance.MEDIUM,
                "US dollars per million input tokens; 0 when a call costs nothing. Budgets count on it.");
        keys.define(
                PRICE_CACHED,
                Type.DOUBLE,
                0.0,
                Range.atLeast(0),
                Importance.LOW,
                "US dollars per million input tokens read from the provider's prompt cache.");
        keys.define(
                PRICE_OUTPUT,
                Type.DOUBLE,
                0.0,
                Range.atLeast(0),
                Importance.MEDIUM,
                "US dollars per million output tokens.");
        keys.define(
                BUDGET,
                Type.DOUBLE,
                10.0,
                Range.atLeast(0),
                Importance.HIGH,
                "Most US dollars this route may cost per UTC day; 0 allows no call that costs anything.");
    }

    private static void defineLimits(ConfigDef keys) {
        keys.define(
                WEIGHT,
                Type.INT,
                1,
                Range.between(1, 1000),
                Importance.LOW,
                "Share of the load where calls are spread over several routes.");
        keys.define(
                IN_FLIGHT,
                Type.INT,
                32,
                Range.between(1, 10_000),
                Importance.MEDIUM,
                "Calls at the same time per key; more are sent to another key or refused.");
        keys.define(
                REQUESTS_PER_MINUTE,
                Type.INT,
                600,
                Range.between(1, 1_000_000),
                Importance.MEDIUM,
                "Calls begun per minute and key, spread evenly.");
        keys.define(
                DEADLINE,
                Type.LONG,
                180_000L,
                Range.atLeast(1),
                Importance.MEDIUM,
                "Longest time for one call, in milliseconds, up to the last byte of the answer.");
        keys.define(
                MAX_RESPONSE,
                Type.LONG,
                4_194_304L,
                Range.atLeast(1),
                Importance.LOW,
                "Longest answer that is read, in bytes.");
    }

    private static void defineRetry(ConfigDef keys) {
        keys.define(
                ATTEMPTS,
                Type.INT,
                4,
                Range.between(1, 20),
                Importance.MEDIUM,
                "Calls per key for one question, the one repair turn and the one doubled limit included.");
        keys.define(
                BACKOFF_BASE,
                Type.LONG,
                500L,
                Range.atLeast(1),
                Importance.LOW,
                "Shortest pause before a retry, in milliseconds.");
        keys.define(
                BACKOFF_CAP,
                Type.LONG,
                10_000L,
                Range.atLeast(1),
                Importance.LOW,
                "Longest pause before a retry, and width of the jitter added to a Retry-After, in milliseconds.");
        keys.define(
                PATIENCE,
                Type.LONG,
                30_000L,
                Range.atLeast(0),
                Importance.LOW,
                "Longest Retry-After worth waiting for, in milliseconds; with a longer one another key is asked.");
    }

    private static void defineBreaker(ConfigDef keys) {
        keys.define(
                BREAKER_WINDOW,
                Type.INT,
                20,
                Range.atLeast(1),
                Importance.LOW,
                "Newest calls of a key that its breaker judges by.");
        keys.define(
                BREAKER_MINIMUM, Type.INT, 5, Range.atLeast(1), Importance.LOW, "Calls before the breaker can open.");
        keys.define(
                BREAKER_FAILURES,
                Type.INT,
                60,
                Range.between(1, 100),
                Importance.LOW,
                "Percentage of failed calls at which the breaker opens.");
        keys.define(
                BREAKER_OPEN,
                Type.LONG,
                5_000L,
                Range.atLeast(1),
                Importance.LOW,
                "Pause before the first probe, in milliseconds; doubles with each probe that fails.");
        keys.define(
                BREAKER_OPEN_MAX,
                Type.LONG,
                120_000L,
                Range.atLeast(1),
                Importance.LOW,
                "Longest pause before a probe, in milliseconds.");
        keys.define(
                PARK,
                Type.LONG,
                3_600_000L,
                Range.atLeast(1),
                Importance.LOW,
                "How long a key that has no credit or no rights is left alone, in milliseconds.");
    }

    /**
     * @throws ConfigException when keys contradict one another
     */
    public RouteSettings settings() {
        WireProtocol protocol = WireProtocol.valueOf(getString(PROTOCOL).toUpperCase(Locale.ROOT));
        try {
            return new RouteSettings(
                    route,
                    protocol,
                    baseUrl(protocol),
                    new ModelSettings(getString(MODEL), temperature(), getString(MAX_TOKENS_FIELD)),
                    apiKeys(),
                    getInt(MAX_TOKENS),
                    new Price(getDouble(PRICE_INPUT), getDouble(PRICE_CACHED), getDouble(PRICE_OUTPUT)),
                    getDouble(BUDGET),
                    getInt(WEIGHT),
                    new CallLimits(
                            getInt(IN_FLIGHT), getInt(REQUESTS_PER_MINUTE), millis(DEADLINE), getLong(MAX_RESPONSE)),
                    new RetryRule(
                            new RetryPolicy(getInt(ATTEMPTS), millis(BACKOFF_BASE), millis(BACKOFF_CAP)),
                            millis(PATIENCE)),
                    new BreakerSettings(
                            getInt(BREAKER_WINDOW),
                            getInt(BREAKER_MINIMUM),
                            getInt(BREAKER_FAILURES),
                            millis(BREAKER_OPEN),
                            millis(BREAKER_OPEN_MAX)),
                    millis(PARK));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("model." + route + ".*: " + e.getMessage());
        }
    }

    private URI baseUrl(WireProtocol protocol) {
        String given = getString(BASE_URL).strip();
        String url = given.isEmpty() ? protocol.publicUrl() : given;
        return URI.create(url.replaceAll("/+$", ""));
    }

    private List<Password> apiKeys() {
        List<Password> keys = Arrays.stream(getPassword(API_KEYS).value().split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(Password::new)
                .toList();
        return keys.isEmpty() ? List.of(new Password("")) : keys;
    }

    private OptionalDouble temperature() {
        Double given = getDouble(TEMPERATURE);
        return given == null ? OptionalDouble.empty() : OptionalDouble.of(given);
    }

    private Duration millis(String key) {
        return Duration.ofMillis(getLong(key));
    }
}
