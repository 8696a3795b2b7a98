package dev.selfheal.standalone.docs;

import dev.selfheal.analysis.AnalysisConfig;
import dev.selfheal.config.ConfigReference;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.ingest.IngestConfig;
import dev.selfheal.patch.PatchWorkerConfig;
import dev.selfheal.patch.model.RouteConfig;
import dev.selfheal.validation.ValidationConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The page docs/configuration.md: what every service has in common once, then the keys of each. */
final class ConfigurationManual {

    private static final String HEADER = """
            # Configuration

            Generated from the code; `ConfigurationManualTest` fails when it drifts.

            ## Starting a service alone

            Every service is a class with a `main`. It takes one optional argument, a properties file (UTF-8), and needs a Kafka
            broker and a schema registry that are running, and the topics (see [contract.md](contract.md)). After a build of this
            repository, `deploy/standalone/target/lib` holds the jars of all four:

            ```
            java -cp 'deploy/standalone/target/lib/*' dev.selfheal.ingest.IngestMain ingest-service/config/ingest.properties
            ```

            | service | main class | commented properties file |
            |---|---|---|
            | ingest | `dev.selfheal.ingest.IngestMain` | [`ingest-service/config/ingest.properties`](../ingest-service/config/ingest.properties) |
            | analysis | `dev.selfheal.analysis.AnalysisMain` | [`analysis-streams/config/analysis.properties`](../analysis-streams/config/analysis.properties) |
            | patch worker | `dev.selfheal.patch.PatchWorkerMain` | [`patch-worker/config/patch-worker.properties`](../patch-worker/config/patch-worker.properties) |
            | validation worker | `dev.selfheal.validation.ValidationMain` | [`validation-worker/config/validation.properties`](../validation-worker/config/validation.properties) |

            A service ends with 2 when its configuration is wrong and with 1 when it cannot start or has failed for good; after
            SIGTERM it finishes in order. `selfheal up` runs all four with a broker and a registry of its own and needs no file.

            ## Where a value comes from

            1. The environment. `SELFHEAL_BOOTSTRAP_SERVERS` sets `bootstrap.servers`: the prefix goes, the rest is put in lower
               case, one underscore is a dot, two are an underscore. A key with a hyphen or a capital letter cannot be set so. The
               launcher's `SELFHEAL_HOME` and `SELFHEAL_JAVA_OPTS` are left alone, and so are the variables that Kubernetes makes
               for services whose name begins with `selfheal`.
            2. The properties file.
            3. The default below.

            A key that is not known is refused, and the message names the closest one that is. Not checked, because they are
            Kafka's own:

            - `producer.`, `consumer.`, `admin.`, `streams.`: to that client, without the prefix;
            - `security.`, `ssl.`, `sasl.`: to every client, as they stand;
            - `config.providers` and `config.providers.…`: Kafka's ConfigProviders, so that a value may be
              `${env:NAME}` or `${file:/path:key}` instead of a secret.

            """;

    private ConfigurationManual() {}

    static String markdown() {
        String page = HEADER
                + ConfigReference.markdown("Common to all services", ServiceConfig.base())
                + "\n" + own("Ingest service", IngestConfig.definition())
                + "\n" + own("Analysis", AnalysisConfig.definition())
                + "\n" + own("Patch worker", PatchWorkerConfig.definition())
                + "\n" + ConfigReference.markdown("Patch worker: each model route", prefixed(RouteConfig.definition()))
                + "\nPut the route's name, as it stands in `models.routes`, for `<route>`; see [models.md](models.md).\n\n"
                + own("Validation worker", ValidationConfig.definition());
        // Defaults below the folder for temporary files differ from machine to machine.
        return page.replace(System.getProperty("java.io.tmpdir"), "${java.io.tmpdir}");
    }

    /** Without the keys that every service has. */
    private static String own(String title, ConfigDef definition) {
        ConfigDef rest = new ConfigDef();
        definition.configKeys().forEach((name, key) -> {
            if (!ServiceConfig.base().names().contains(name)) {
                rest.define(key);
            }
        });
        return ConfigReference.markdown(title, rest);
    }

    private static ConfigDef prefixed(ConfigDef definition) {
        ConfigDef routes = new ConfigDef();
        definition.configKeys().values().forEach(key -> routes.define(renamed(key)));
        return routes;
    }

    private static ConfigKey renamed(ConfigKey key) {
        return new ConfigKey(
                "model.<route>." + key.name,
                key.type,
                key.defaultValue,
                key.validator,
                key.importance,
                key.documentation,
                key.group,
                key.orderInGroup,
                key.width,
                key.displayName,
                key.dependents,
                key.recommender,
                key.internalConfig);
    }
}
