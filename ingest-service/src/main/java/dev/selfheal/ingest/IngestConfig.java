package dev.selfheal.ingest;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.project.ProjectsFile;
import dev.selfheal.ingest.spool.SpoolSettings;
import dev.selfheal.ingest.tls.ServerCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What the ingest service is configured with. */
public final class IngestConfig extends ServiceConfig {

    public static final String ACK_TIMEOUT_MS = "ingest.ack.timeout.ms";
    public static final String MAX_REQUEST_BYTES = "ingest.max.request.bytes";
    public static final String MAX_EVENT_BYTES = "ingest.max.event.bytes";
    public static final String MAX_EVENTS = "ingest.max.request.events";
    public static final String MAX_MEMORY_BYTES = "ingest.max.memory.bytes";
    public static final String MAX_DEPTH = "ingest.max.depth";
    public static final String MAX_FRAMES = "ingest.max.frames";
    public static final String IN_APP_PACKAGES = "ingest.in-app.packages";
    public static final String SCRUB_PATTERNS = "ingest.scrub.patterns";
    public static final String TLS_CERTIFICATE = "http.tls.certificate";
    public static final String TLS_KEY = "http.tls.key";
    public static final String TLS_KEYSTORE = "http.tls.keystore";
    public static final String TLS_KEYSTORE_PASSWORD = "http.tls.keystore.password";
    public static final String JSON_TOPIC = "ingest.json.topic.enabled";
    public static final String PROJECTS = "projects";
    public static final String SPOOL_DIRECTORY = "spool.directory";
    public static final String SPOOL_MAX_BYTES = "spool.max.bytes";

    private static final int MEBI = 1 << 20;
    /** A body is copied once while it is read, and parsing it takes several times as much again. */
    private static final int PART_OF_HEAP = 8;

    private static final int LARGEST_REQUEST = 256 * MEBI;

    private final InAppPackages inAppPackages;
    private final List<Pattern> scrubPatterns;
    private final ProjectKeys projects;

    public IngestConfig(Map<String, String> values) {
        super(definition(), withProducerBounds(values));
        if (getInt(MAX_EVENT_BYTES) > getInt(MAX_REQUEST_BYTES)) {
            throw new ConfigException(
                    MAX_EVENT_BYTES, getInt(MAX_EVENT_BYTES), "must not be above " + MAX_REQUEST_BYTES);
        }
        if (memoryBytes() < getInt(MAX_REQUEST_BYTES)) {
            throw new ConfigException(
                    MAX_MEMORY_BYTES,
                    memoryBytes(),
                    "must not be below " + MAX_REQUEST_BYTES + ": the largest request would never be taken");
        }
        inAppPackages = parsePackages(getList(IN_APP_PACKAGES));
        scrubPatterns = compile(getString(SCRUB_PATTERNS));
        projects = readProjects(getString(PROJECTS));
        requireOneCertificate();
    }

    public static ConfigDef definition() {
        return analysis(limits(tls(projects(spool(base())))));
    }

    /** Longest wait for Kafka before an event goes to the spool. */
    public Duration acknowledgeWithin() {
        return millis(ACK_TIMEOUT_MS);
    }

    public Limits limits() {
        return new Limits(
                getInt(MAX_REQUEST_BYTES),
                getInt(MAX_EVENT_BYTES),
                getInt(MAX_EVENTS),
                getInt(MAX_DEPTH),
                getInt(MAX_FRAMES));
    }

    /** Most that the bodies of all requests take together. */
    public long memoryBytes() {
        long configured = getLong(MAX_MEMORY_BYTES);
        return configured > 0
                ? configured
                : Math.max(getInt(MAX_REQUEST_BYTES), Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** Where events wait for Kafka, and how many bytes of them. */
    public SpoolSettings spool() {
        return SpoolSettings.of(Path.of(getString(SPOOL_DIRECTORY)), getLong(SPOOL_MAX_BYTES));
    }

    /** {@link ProjectKeys#OPEN} when none are configured. */
    public ProjectKeys projects() {
        return projects;
    }

    /**
     * The certificate to show; empty for plain HTTP.
     *
     * @throws ConfigException when it cannot be read
     */
    public Optional<SslContextFactory.Server> tls() {
        try {
            if (!getString(TLS_KEYSTORE).isEmpty()) {
                return Optional.of(ServerCertificate.pkcs12(
                        Path.of(getString(TLS_KEYSTORE)),
                        getPassword(TLS_KEYSTORE_PASSWORD).value()));
            }
            return getString(TLS_CERTIFICATE).isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            ServerCertificate.pem(Path.of(getString(TLS_CERTIFICATE)), Path.of(getString(TLS_KEY))));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("TLS: " + e.getMessage());
        }
    }

    /** Whether the JSON topic is read. */
    public boolean readsJsonTopic() {
        return getBoolean(JSON_TOPIC);
    }

    public InAppPackages inAppPackages() {
        return inAppPackages;
    }

    public List<Pattern> scrubPatterns() {
        return scrubPatterns;
    }

    private static ConfigDef spool(ConfigDef definition) {
        return definition
                .define(
                        SPOOL_DIRECTORY,
                        Type.STRING,
                        Path.of(System.getProperty("java.io.tmpdir"), "selfheal-ingest-spool")
                                .toString(),
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder where events wait on disk while Kafka or the registry is away; one per instance, on a disk"
                                + " that outlives a restart of the machine.")
                .define(
                        SPOOL_MAX_BYTES,
                        Type.LONG,
                        1L << 30,
                        Range.atLeast(MEBI),
                        Importance.HIGH,
                        "Most that the spool takes of the disk; beyond it senders get 429 with Retry-After.");
    }

    private static ConfigDef projects(ConfigDef definition) {
        return definition.define(
                PROJECTS,
                Type.STRING,
                "",
                Importance.HIGH,
                "JSON file with the projects that may send, their keys and quotas. Empty: everybody who reaches the port"
                        + " may send.");
    }

    private static ConfigDef tls(ConfigDef definition) {
        return definition
                .define(
                        TLS_CERTIFICATE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "PEM file with the certificate the intake shows, the server's own first. Without it and without a"
                                + " key store the intake talks plain HTTP.")
                .define(
                        TLS_KEY,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "PEM file with the certificate's private key: PKCS#8, not encrypted.")
                .define(
                        TLS_KEYSTORE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "PKCS#12 file with certificate and key, instead of the two PEM files.")
                .define(TLS_KEYSTORE_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of the PKCS#12 file.");
    }

    private static ConfigDef limits(ConfigDef definition) {
        return definition
                .define(
                        ACK_TIMEOUT_MS,
                        Type.LONG,
                        5_000L,
                        Range.between(100, 120_000),
                        Importance.HIGH,
                        "Longest wait for Kafka's acknowledgement, milliseconds; then the event goes to the spool.")
                .define(
                        MAX_REQUEST_BYTES,
                        Type.INT,
                        16 * MEBI,
                        Range.between(1_024, LARGEST_REQUEST),
                        Importance.MEDIUM,
                        "Largest request body, bytes, as sent and after decompression.")
                .define(
                        MAX_EVENT_BYTES,
                        Type.INT,
                        MEBI,
                        Range.between(1_024, LARGEST_REQUEST),
                        Importance.MEDIUM,
                        "Largest single event, bytes of JSON.")
                .define(
                        MAX_EVENTS,
                        Type.INT,
                        10_000,
                        Range.between(1, 1_000_000),
                        Importance.MEDIUM,
                        "Most events in one request of newline-delimited JSON.")
                .define(
                        MAX_MEMORY_BYTES,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Most bytes that all requests under way may hold together, counted as their bodies after"
                                + " decompression, until they are answered; beyond it senders get 429 with Retry-After."
                                + " 0: an eighth of the heap, and never less than one largest request. Parsing takes"
                                + " several times a body, so a larger part of the heap is not safe.")
                .define(
                        MAX_DEPTH,
                        Type.INT,
                        32,
                        Range.between(8, 1_000),
                        Importance.LOW,
                        "Deepest nesting of objects and arrays in an event.")
                .define(
                        MAX_FRAMES,
                        Type.INT,
                        8_192,
                        Range.between(1, 1_000_000),
                        Importance.LOW,
                        "Most stack frames in one event; of each exception the innermost 512 are published.");
    }

    private static ConfigDef analysis(ConfigDef definition) {
        return definition
                .define(
                        JSON_TOPIC,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether errors are taken as JSON from the topic error-events.json too. Who may write there is the"
                                + " broker's to say: keys and quotas of projects do not count.")
                .define(
                        IN_APP_PACKAGES,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Package prefixes of the services' own code, comma-separated: 'prefix' for every service, or"
                                + " 'service=prefix'. Empty: everything that is no known library is own code.")
                .define(
                        SCRUB_PATTERNS,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Further secrets to take out of errors: Java regular expressions, one a line; in a properties file"
                                + " write \\n between them.");
    }

    /** A request must not wait for Kafka longer than its sender is told; what is configured explicitly wins. */
    private static Map<String, String> withProducerBounds(Map<String, String> values) {
        Map<String, String> bounded = new HashMap<>(values);
        // A little earlier than the sender is answered, so that Kafka's own reason is the one that is logged.
        long within = (Long) definition().parse(values).get(ACK_TIMEOUT_MS) * 9 / 10;
        bounded.putIfAbsent("producer.max.block.ms", Long.toString(within));
        bounded.putIfAbsent("producer.linger.ms", "2");
        bounded.putIfAbsent("producer.request.timeout.ms", Long.toString(Math.max(50, within / 2)));
        bounded.putIfAbsent("producer.delivery.timeout.ms", Long.toString(within));
        return bounded;
    }

    private static InAppPackages parsePackages(List<String> entries) {
        try {
            return InAppPackages.parse(entries);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(IN_APP_PACKAGES, entries, e.getMessage());
        }
    }

    private void requireOneCertificate() {
        boolean certificate = !getString(TLS_CERTIFICATE).isEmpty();
        boolean key = !getString(TLS_KEY).isEmpty();
        if (certificate != key) {
            throw new ConfigException(TLS_CERTIFICATE + " and " + TLS_KEY + " go together; only one is given");
        }
        if (certificate && !getString(TLS_KEYSTORE).isEmpty()) {
            throw new ConfigException(TLS_CERTIFICATE + " and " + TLS_KEYSTORE + " exclude each other");
        }
    }

    private static ProjectKeys readProjects(String file) {
        try {
            return file.isEmpty() ? ProjectKeys.OPEN : ProjectsFile.read(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(PROJECTS, file, e.getMessage());
        }
    }

    private static List<Pattern> compile(String patterns) {
        try {
            return patterns.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Pattern::compile)
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new ConfigException(SCRUB_PATTERNS, patterns, e.getMessage());
        }
    }
}
