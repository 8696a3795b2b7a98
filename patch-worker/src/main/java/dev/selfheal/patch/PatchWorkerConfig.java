package dev.selfheal.patch;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.patch.model.RouteConfig;
import dev.selfheal.patch.model.RouteSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Configuration of the patch worker. Besides the keys defined here, each route named in {@value #ROUTES} has keys of its
 * own under {@code model.<route>.}: see {@link RouteConfig}.
 */
public final class PatchWorkerConfig extends ServiceConfig {

    public static final String WORK_DIRECTORY = "work.directory";
    public static final String CONCURRENCY = "worker.concurrency";
    public static final String ROUTES = "models.routes";
    public static final String TOTAL_BUDGET = "models.budget.usd.per.day";
    public static final String PROMPT_CHARACTERS = "models.prompt.max.characters";

    private static final String ROUTE_PREFIX = "model.";

    private final List<RouteSettings> routes;

    /**
     * @throws ConfigException when a value is not valid, or a key belongs to a route that is not listed
     */
    public PatchWorkerConfig(Map<String, String> values) {
        super(definition(), values, List.of(ROUTE_PREFIX));
        List<String> names = getList(ROUTES);
        refuseUnlistedRoutes(names);
        routes = names.stream().distinct().map(this::route).toList();
    }

    public static ConfigDef definition() {
        return base().define(
                        WORK_DIRECTORY,
                        Type.STRING,
                        Path.of(System.getProperty("java.io.tmpdir"), "selfheal-patch-worker")
                                .toString(),
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder for mirrors of repositories (kept) and one folder per job (deleted after it). "
                                + "Must not be shared with another process.")
                .define(
                        CONCURRENCY,
                        Type.INT,
                        16,
                        Range.between(1, 1000),
                        Importance.MEDIUM,
                        "Healing requests worked on at the same time.")
                .define(
                        ROUTES,
                        Type.LIST,
                        List.of(),
                        Importance.HIGH,
                        "Names of the routes to language models, lower-case letters and digits. A policy may list a route "
                                + "as a provider, or 'models' for all of them together.")
                .define(
                        TOTAL_BUDGET,
                        Type.DOUBLE,
                        20.0,
                        Range.atLeast(0),
                        Importance.HIGH,
                        "Most US dollars all routes together may cost per UTC day; 0 allows no call that costs anything.")
                .define(
                        PROMPT_CHARACTERS,
                        Type.INT,
                        60_000,
                        Range.between(2_000, 2_000_000),
                        Importance.MEDIUM,
                        "Longest prompt, in characters (three to four come to a token); what matters least is left out.");
    }

    private void refuseUnlistedRoutes(List<String> names) {
        for (String key : originals().keySet()) {
            boolean listed = names.stream().anyMatch(name -> key.startsWith(ROUTE_PREFIX + name + "."));
            if (key.startsWith(ROUTE_PREFIX) && !listed) {
                throw new ConfigException(
                        "configuration key '" + key + "' belongs to no route listed in " + ROUTES + " " + names);
            }
        }
    }

    private RouteSettings route(String name) {
        if (ModelProviders.RESERVED.contains(name)) {
            throw new ConfigException(ROUTES, name, "this name is reserved");
        }
        String prefix = ROUTE_PREFIX + name + ".";
        try {
            return new RouteConfig(name, originalsWithPrefix(prefix)).settings();
        } catch (ConfigException e) {
            // Kafka names the key without its prefix.
            throw new ConfigException("under " + prefix + ": " + e.getMessage());
        }
    }

    public Path workDirectory() {
        return Path.of(getString(WORK_DIRECTORY));
    }

    public int concurrency() {
        return getInt(CONCURRENCY);
    }

    public List<RouteSettings> routes() {
        return routes;
    }

    public double totalUsdPerDay() {
        return getDouble(TOTAL_BUDGET);
    }

    public int promptCharacters() {
        return getInt(PROMPT_CHARACTERS);
    }
}
