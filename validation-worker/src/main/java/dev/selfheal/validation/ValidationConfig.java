package dev.selfheal.validation;

import com.fasterxml.jackson.core.JsonPointer;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.event.Isolation;
import dev.selfheal.runtime.RetryPolicy;
import dev.selfheal.validation.baseline.Baselines;
import dev.selfheal.validation.baseline.MavenSettings;
import dev.selfheal.validation.dependency.Advisories;
import dev.selfheal.validation.sandbox.Limits;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.signing.HttpSigningService;
import dev.selfheal.validation.signing.SigningService;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of the validation worker. */
public final class ValidationConfig extends ServiceConfig {

    public static final String WORK_DIRECTORY = "work.directory";
    public static final String CONCURRENCY = "worker.concurrency";
    public static final String TIMEOUT = "validation.timeout.ms";
    public static final String COMPILE_TIMEOUT = "validation.compile.timeout.ms";
    public static final String REPRODUCTION_TIMEOUT = "validation.reproduction.timeout.ms";
    public static final String TESTS_TIMEOUT = "validation.tests.timeout.ms";
    public static final String SUITE_TIMEOUT = "validation.suite.timeout.ms";
    public static final String MUTATION_BUDGET = "validation.mutation.budget.ms";
    public static final String ANALYSIS_TIMEOUT = "validation.analysis.timeout.ms";
    public static final String AFFECTED_TESTS = "validation.affected.tests.max.classes";
    public static final String BASELINES = "baseline.max.entries";
    public static final String BASELINE_MIB = "baseline.max.mib";
    public static final String PREPARE_AHEAD = "baseline.prepare.ahead";
    public static final String MAVEN_COMMAND = "maven.command";
    public static final String MAVEN_ARGUMENTS = "maven.arguments";
    public static final String MAVEN_TIMEOUT = "maven.timeout.ms";
    public static final String ADVISORIES = "dependencies.advisories.file";
    public static final String ISOLATION = "sandbox.isolation";
    public static final String CONTAINER_COMMAND = "sandbox.container.command";
    public static final String WARM_JVMS = "sandbox.warm.jvms";
    public static final String HEAP = "sandbox.heap.mib";
    public static final String JVM_OPTIONS = "sandbox.jvm.options";
    public static final String KEY_FILE = "signing.key.file";
    public static final String SIGNING_COMMAND = "signing.command";
    public static final String SIGNING_COMMAND_TIMEOUT = "signing.command.timeout.ms";
    public static final String SIGNING_URL = "signing.http.url";
    public static final String SIGNING_FIELD = "signing.http.request.field";
    public static final String SIGNING_POINTER = "signing.http.response.pointer";
    public static final String SIGNING_HEADER = "signing.http.header";
    public static final String SIGNING_CREDENTIALS = "signing.http.credentials";
    public static final String SIGNING_HTTP_TIMEOUT = "signing.http.timeout.ms";
    public static final String SIGNING_ATTEMPTS = "signing.http.attempts";
    public static final String KEY_CREATE = "signing.key.create";
    public static final String VALIDITY = "signing.validity.ms";

    private static final String AUTO = "auto";
    private static final long MINUTE = 60_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @throws ConfigException when a value is not valid, or a step may take longer than the whole
     */
    public ValidationConfig(Map<String, String> values) {
        super(definition(), values);
        for (String step :
                List.of(COMPILE_TIMEOUT, REPRODUCTION_TIMEOUT, TESTS_TIMEOUT, MUTATION_BUDGET, ANALYSIS_TIMEOUT)) {
            if (getLong(step) > getLong(TIMEOUT)) {
                throw new ConfigException(step, getLong(step), "must not be above " + TIMEOUT);
            }
        }
        if (!getString(SIGNING_URL).isEmpty() && !signingCommand().isEmpty()) {
            throw new ConfigException(
                    SIGNING_URL, getString(SIGNING_URL), "set it or " + SIGNING_COMMAND + ", not both");
        }
    }

    public static ConfigDef definition() {
        return signingService(signing(sandbox(baselines(validation(base())))));
    }

    private static ConfigDef validation(ConfigDef definition) {
        return definition
                .define(
                        WORK_DIRECTORY,
                        Type.STRING,
                        Path.of(System.getProperty("java.io.tmpdir"), "selfheal-validation-worker")
                                .toString(),
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder for mirrors of repositories and built base commits; both are worth keeping over restarts.")
                .define(
                        CONCURRENCY,
                        Type.INT,
                        2,
                        Range.between(1, 256),
                        Importance.MEDIUM,
                        "Proposals validated at the same time; about one per core.")
                .define(
                        TIMEOUT,
                        Type.LONG,
                        5 * MINUTE,
                        Range.atLeast(1_000),
                        Importance.MEDIUM,
                        "Milliseconds for all candidates of one proposal once its base is built; the rest is reported as "
                                + "not tried.")
                .define(
                        COMPILE_TIMEOUT,
                        Type.LONG,
                        MINUTE / 2,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for compiling one patch.")
                .define(
                        REPRODUCTION_TIMEOUT,
                        Type.LONG,
                        MINUTE,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for one run of the reproduction.")
                .define(
                        TESTS_TIMEOUT,
                        Type.LONG,
                        2 * MINUTE,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for one run of the affected tests.")
                .define(
                        SUITE_TIMEOUT,
                        Type.LONG,
                        10 * MINUTE,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for one run of all tests of a module, where a policy asks for the whole suite. "
                                + "With a patch never longer than is left of validation.timeout.ms.")
                .define(
                        MUTATION_BUDGET,
                        Type.LONG,
                        3_000L,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for the mutants of one patch; those that do not get their turn do not count.")
                .define(
                        ANALYSIS_TIMEOUT,
                        Type.LONG,
                        MINUTE,
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds for one run of the static analysers.")
                .define(
                        AFFECTED_TESTS,
                        Type.INT,
                        40,
                        Range.between(1, 10_000),
                        Importance.MEDIUM,
                        "Test classes run for one patch at most, the most related first.");
    }

    private static ConfigDef baselines(ConfigDef definition) {
        return definition
                .define(
                        BASELINES,
                        Type.INT,
                        20,
                        Range.between(1, 10_000),
                        Importance.MEDIUM,
                        "Built base commits kept on disk; the least recently used go first.")
                .define(
                        BASELINE_MIB,
                        Type.LONG,
                        20_480,
                        Range.between(1, 1 << 30),
                        Importance.MEDIUM,
                        "Mebibytes of all built base commits together; the least recently used go first, one used in the"
                                + " last 30 minutes never does.")
                .define(
                        PREPARE_AHEAD,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Build the base commit and run the tests nearest to the fault when a case opens, before there is a patch."
                                + " Only while no proposal is being judged.")
                .define(
                        MAVEN_COMMAND,
                        Type.STRING,
                        "mvn",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Maven, found on PATH or by its absolute path. Builds base commits, never patches.")
                .define(
                        MAVEN_ARGUMENTS,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Arguments put before the goals, for example -o,-s,/etc/maven/settings.xml.")
                .define(
                        MAVEN_TIMEOUT,
                        Type.LONG,
                        10 * MINUTE,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "Milliseconds for building one base commit, downloads included.")
                .define(
                        ADVISORIES,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Known vulnerabilities that added dependencies are held against: a file of OSV advisories (JSON, one,"
                                + " an array, or an object with vulns), read once at start. Empty: none are known.");
    }

    private static ConfigDef sandbox(ConfigDef definition) {
        return definition
                .define(
                        ISOLATION,
                        Type.STRING,
                        AUTO,
                        ConfigDef.ValidString.in(AUTO, "process", "unshare", "bubblewrap", "container"),
                        Importance.HIGH,
                        "How patches are isolated; auto takes the strongest that works, containers left out. What was used "
                                + "stands in every verdict, and a policy says what it accepts at least.")
                .define(
                        CONTAINER_COMMAND,
                        Type.STRING,
                        "docker",
                        ConfigDef.ValidString.in("docker", "podman"),
                        Importance.LOW,
                        "Command line of the container engine, for isolation by container.")
                .define(
                        WARM_JVMS,
                        Type.INT,
                        3,
                        Range.between(0, 64),
                        Importance.MEDIUM,
                        "Sandboxed JVMs that wait for work, for tests and for compiling each, about 60 MiB apiece; 0 starts "
                                + "each one cold.")
                .define(
                        HEAP,
                        Type.INT,
                        512,
                        Range.between(32, 65_536),
                        Importance.MEDIUM,
                        "Heap of each sandboxed JVM, MiB.")
                .define(
                        JVM_OPTIONS,
                        Type.LIST,
                        List.of(),
                        Importance.LOW,
                        "Options added to sandboxed test JVMs, for example --add-opens=java.base/java.lang=ALL-UNNAMED.");
    }

    private static ConfigDef signingService(ConfigDef definition) {
        return definition
                .define(
                        SIGNING_URL,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                ValidationConfig::requireConfidential, () -> "https, or http to this machine"),
                        Importance.MEDIUM,
                        "Address of a service that signs instead of a private key here, for example"
                                + " https://vault:8200/v1/transit/sign/selfheal.")
                .define(
                        SIGNING_FIELD,
                        Type.STRING,
                        "input",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Field of the posted JSON that holds the bytes to sign in base64.")
                .define(
                        SIGNING_POINTER,
                        Type.STRING,
                        "/data/signature",
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> JsonPointer.compile((String) value), () -> "a JSON pointer"),
                        Importance.LOW,
                        "Where the answered JSON has the signature in base64; a prefix up to a colon is dropped.")
                .define(
                        SIGNING_HEADER,
                        Type.STRING,
                        "X-Vault-Token",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Header that carries signing.http.credentials.")
                .define(
                        SIGNING_CREDENTIALS,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Credentials for the signing service; empty sends none.")
                .define(
                        SIGNING_HTTP_TIMEOUT,
                        Type.LONG,
                        Duration.ofSeconds(5).toMillis(),
                        Range.atLeast(50),
                        Importance.LOW,
                        "Milliseconds one request to the signing service may take.")
                .define(
                        SIGNING_ATTEMPTS,
                        Type.INT,
                        3,
                        Range.between(1, 10),
                        Importance.LOW,
                        "Requests for one signature, as long as the service does not answer, or answers 429 or 5xx; then"
                                + " the proposal is tried again.");
    }

    /** What signs is told by credentials: they must not go over the wire in the clear. */
    private static void requireConfidential(String name, Object value) {
        if (value.toString().isEmpty()) {
            return;
        }
        URI address = uri(name, value.toString());
        boolean local = "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
        if (address.getHost() == null || !("https".equals(address.getScheme()) || local)) {
            throw new ConfigException(name, value, "must be https, or http to this machine");
        }
    }

    private static URI uri(String name, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static ConfigDef signing(ConfigDef definition) {
        return definition
                .define(
                        KEY_FILE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Ed25519 private key that signs verdicts, PKCS#8 in PEM, readable by this service alone."
                                + " With signing.command or signing.http.url: that key's public half,"
                                + " PEM.")
                .define(
                        SIGNING_COMMAND,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Program and arguments that sign instead of a private key here, for example the client of a key"
                                + " management service: the bytes to sign come on its standard input, the signature goes"
                                + " to its standard output in base64.")
                .define(
                        SIGNING_COMMAND_TIMEOUT,
                        Type.LONG,
                        Duration.ofSeconds(10).toMillis(),
                        Range.atLeast(100),
                        Importance.LOW,
                        "Milliseconds a signing command may take; then it is killed and the proposal is tried again.")
                .define(
                        KEY_CREATE,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Create the key when the file is missing. Off, so that a lost key is noticed.")
                .define(
                        VALIDITY,
                        Type.LONG,
                        Duration.ofDays(30).toMillis(),
                        Range.atLeast(MINUTE),
                        Importance.MEDIUM,
                        "Milliseconds after which deployers no longer accept a verdict.");
    }

    public Path workDirectory() {
        return Path.of(getString(WORK_DIRECTORY)).toAbsolutePath().normalize();
    }

    public int concurrency() {
        return getInt(CONCURRENCY);
    }

    public Duration timeout() {
        return millis(TIMEOUT);
    }

    public Duration compileTimeout() {
        return millis(COMPILE_TIMEOUT);
    }

    public Duration reproductionTimeout() {
        return millis(REPRODUCTION_TIMEOUT);
    }

    public Duration testsTimeout() {
        return millis(TESTS_TIMEOUT);
    }

    public Duration suiteTimeout() {
        return millis(SUITE_TIMEOUT);
    }

    public Duration analysisTimeout() {
        return millis(ANALYSIS_TIMEOUT);
    }

    public Duration mutationBudget() {
        return millis(MUTATION_BUDGET);
    }

    public int affectedTestClasses() {
        return getInt(AFFECTED_TESTS);
    }

    public Baselines.Bounds baselines() {
        return new Baselines.Bounds(getInt(BASELINES), getLong(BASELINE_MIB) << 20);
    }

    public boolean preparesAhead() {
        return getBoolean(PREPARE_AHEAD);
    }

    public MavenSettings maven() {
        return new MavenSettings(getString(MAVEN_COMMAND), getList(MAVEN_ARGUMENTS), millis(MAVEN_TIMEOUT));
    }

    /**
     * @throws ConfigException when the file is named and cannot be read
     */
    public Advisories advisories() {
        String file = getString(ADVISORIES);
        try {
            return file.isEmpty() ? Advisories.none() : Advisories.load(Path.of(file));
        } catch (IOException e) {
            throw new ConfigException(ADVISORIES, file, "cannot be read: " + e.getMessage());
        }
    }

    public SandboxConfig sandbox() {
        SandboxConfig sandbox = SandboxConfig.defaults()
                .withWarmJvms(getInt(WARM_JVMS))
                .withLimits(Limits.defaults().withHeapMiB(getInt(HEAP)))
                .withJvmOptions(getList(JVM_OPTIONS))
                .withArchives(workDirectory().resolve("class-data"))
                .withContainerCommand(getString(CONTAINER_COMMAND));
        String isolation = getString(ISOLATION);
        return isolation.equals(AUTO)
                ? sandbox
                : sandbox.withForced(Isolation.valueOf(isolation.toUpperCase(Locale.ROOT)));
    }

    public Path keyFile() {
        return Path.of(getString(KEY_FILE));
    }

    public List<String> signingCommand() {
        return getList(SIGNING_COMMAND);
    }

    public Duration signingCommandTimeout() {
        return millis(SIGNING_COMMAND_TIMEOUT);
    }

    /** Empty when no service signs. */
    public Optional<SigningService> signingService() {
        String url = getString(SIGNING_URL);
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpSigningService(
                        URI.create(url),
                        new HttpSigningService.Form(
                                getString(SIGNING_FIELD),
                                JsonPointer.compile(getString(SIGNING_POINTER)),
                                getString(SIGNING_HEADER),
                                getPassword(SIGNING_CREDENTIALS).value(),
                                millis(SIGNING_HTTP_TIMEOUT))));
    }

    public RetryPolicy signingRetries() {
        return new RetryPolicy(getInt(SIGNING_ATTEMPTS), Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    public boolean createsKey() {
        return getBoolean(KEY_CREATE);
    }

    public Duration attestationValidity() {
        return millis(VALIDITY);
    }
}
