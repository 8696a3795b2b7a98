package dev.selfheal.runtime;

import dev.selfheal.config.ServiceConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs one service from its own {@code main}: properties file and environment in, signals handled, exit code out. */
public final class ServiceMain {

    private ServiceMain() {}

    /**
     * @param args one optional argument, the properties file
     * @param config from merged values to the service's configuration
     * @param service wires the service
     */
    public static <C extends ServiceConfig> void run(
            String[] args,
            Function<Map<String, String>, C> config,
            BiFunction<C, PrometheusMeterRegistry, Service> service) {
        throw new UnsupportedOperationException("skeleton");
    }
}
