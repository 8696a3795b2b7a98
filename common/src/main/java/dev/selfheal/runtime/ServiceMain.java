package dev.selfheal.runtime;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.serde.TrustedRecords;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service from its own {@code main}: properties file and environment in, signals handled, exit code out.
 *
 * <p>Exit codes: 1 the service could not start, or failed for good; 2 wrong usage or configuration; 143 (130) stopped in
 * order after SIGTERM (SIGINT), as the JVM has it.
 */
public final class ServiceMain {

    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String LOGBACK_FILE = "logback.configurationFile";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    private ServiceMain() {}

    /**
     * Does not return before the service has ended; then ends the JVM.
     *
     * @param args one optional argument, the properties file
     * @param config from merged values to the service's configuration
     * @param service wires the service
     */
    public static <C extends ServiceConfig> void run(
            String[] args,
            Function<Map<String, String>, C> config,
            BiFunction<C, PrometheusMeterRegistry, Service> service) {
        configureLogging();
        TrustedRecords.trust();
        int code;
        try {
            C settings = config.apply(ConfigLoader.load(file(args), System.getenv()));
            code = serve(settings, service);
        } catch (ConfigException e) {
            System.err.println("configuration: " + e.getMessage());
            code = USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = FAILED;
        }
        System.exit(code);
    }

    private static Optional<Path> file(String[] args) {
        if (args.length > 1) {
            throw new ConfigException(
                    "expected at most one argument, the properties file; got " + Arrays.toString(args));
        }
        return Arrays.stream(args).findFirst().map(Path::of);
    }

    private static <C extends ServiceConfig> int serve(C config, BiFunction<C, PrometheusMeterRegistry, Service> wiring)
            throws InterruptedException {
        Logger log = LoggerFactory.getLogger(ServiceMain.class);
        PrometheusMeterRegistry meters = newMeters();
        Service service = wiring.apply(config, meters);
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(stopping, stopped), "shutdown"));
        try (service;
                OpsServer ops = new OpsServer(config.httpHost(), config.opsPort(), List.of(service), meters)) {
            ops.start();
            log.info("{} starts; health and metrics at {}", service.name(), ops.uri());
            service.start();
            log.info("{} is ready", service.name());
            return watch(service, stopping, log);
        } catch (IOException | RuntimeException e) {
            log.error("{} cannot start: {}", service.name(), e.getMessage(), e);
            return FAILED;
        } finally {
            stopped.countDown();
        }
    }

    /** Returns when the JVM is told to stop, or when the service says that only a restart helps. */
    private static int watch(Service service, CountDownLatch stopping, Logger log) throws InterruptedException {
        while (!stopping.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            Health health = service.health();
            if (!health.live()) {
                log.error("{} has failed for good and stops: {}", service.name(), health.details());
                return FAILED;
            }
        }
        log.info("{} stops", service.name());
        return 0;
    }

    private static void awaitEnd(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            if (!stopped.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("did not stop within " + STOP_TIMEOUT.toSeconds() + " s; ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A registry with the JVM's own meters in it. */
    static PrometheusMeterRegistry newMeters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        return meters;
    }

    /** Before the first logger: logback reads its configuration once. A configuration of the operator's wins. */
    private static void configureLogging() {
        if (System.getProperty(LOGBACK_FILE) == null) {
            System.setProperty(LOGBACK_FILE, "logback-service.xml");
        }
    }
}
