package dev.selfheal.ingest.http;

import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake's HTTP server. Every answer is JSON, refusals included; bad input never makes a 5xx. */
public final class IngestHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IngestHttp.class);

    private static final int MAX_DISCARDED = 1 << 20;

    private final Listener listener;
    private final AnswerThreads answering = AnswerThreads.start();
    private final Javalin server;

    public IngestHttp(
            Listener listener,
            Limits limits,
            MemoryBudget memory,
            Intake intake,
            IngestMeters meters,
            ProjectKeys keys,
            ProjectRates rates) {
        this.listener = listener;
        ProjectGate gate = new ProjectGate(keys, rates, meters);
        this.server = Javalin.create(config -> {
            quiet(config);
            listen(config);
            routes(config.routes, new ErrorsEndpoint(limits, memory, intake, meters, gate, answering));
            sentryRoutes(config.routes, new SentryEndpoint(limits, memory, intake, meters, keys, gate, answering));
            otlpRoutes(config.routes, new OtlpEndpoint(limits, memory, intake, meters, gate, answering));
            failures(config.routes);
        });
    }

    /** Returns when it listens. */
    public void start() {
        server.start();
    }

    /** Base address; only after {@link #start()}. */
    public URI address() {
        String host = listener.host();
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String scheme = listener.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + literal + ":" + server.port());
    }

    /** Lets running requests end for a bounded time. */
    @Override
    public void close() {
        server.stop();
        answering.close();
    }

    private void listen(JavalinConfig config) {
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = listener.tls()
                    .map(tls -> new ServerConnector(server, tls))
                    .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
            connector.setHost(listener.host());
            connector.setPort(listener.port());
            connector.setIdleTimeout(listener.idle().toMillis());
            return connector;
        });
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        // Answers are short: looking whether one may be compressed takes longer than sending it.
        config.http.compressionStrategy = CompressionStrategy.NONE;
    }

    private static void routes(RoutesConfig routes, ErrorsEndpoint errors) {
        byte[] description = description();
        routes.post("/v1/errors", errors);
        routes.get(
                "/openapi.json",
                context -> context.contentType("application/json").result(description));
    }

    private static void sentryRoutes(RoutesConfig routes, SentryEndpoint sentry) {
        routes.post("/api/{project}/envelope", sentry::envelope);
        routes.post("/api/{project}/store", sentry::store);
    }

    private static void otlpRoutes(RoutesConfig routes, OtlpEndpoint otlp) {
        routes.post("/v1/logs", otlp::logs);
        routes.post("/v1/traces", otlp::traces);
    }

    private static void failures(RoutesConfig routes) {
        routes.after(context -> {
            if (context.statusCode() >= 400) {
                discardRest(context);
                // More than that is not read: a client that sent its next request after it would get no answer.
                context.header("Connection", "close");
            }
        });
        routes.exception(
                RefusedRequestException.class, (e, context) -> Answers.refuse(context, e.status(), e.refusal()));
        routes.exception(HttpResponseException.class, (e, context) -> {
            e.getDetails().forEach((name, value) -> {
                if (e instanceof MethodNotAllowedResponse) {
                    context.header("Allow", value);
                }
            });
            Answers.refuse(context, e.getStatus(), refusal(e));
        });
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("a bug: {} {} failed", context.method(), context.path(), e);
            Answers.refuse(context, 500, new Refusal("INTERNAL", "", "a bug of the intake; its log says more"));
        });
    }

    /**
     * Reads what is left of a body of ordinary size. Closing the connection on a client that is still sending would reset it, and the client might
     * never see why it was refused.
     */
    private static void discardRest(Context context) {
        byte[] buffer = new byte[8_192];
        int left = MAX_DISCARDED;
        try {
            InputStream rest = context.bodyInputStream();
            int read = rest.read(buffer);
            while (read >= 0 && left > 0) {
                left -= read;
                read = rest.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("the client is gone before its refusal", e);
        }
    }

    private static Refusal refusal(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> new Refusal("NOT_FOUND", "", "nothing is here; GET /openapi.json lists what is");
            case 405 ->
                new Refusal("METHOD_NOT_ALLOWED", "", "this path does not take this method; see the Allow header");
            default -> new Refusal("REFUSED", "", String.valueOf(e.getMessage()));
        };
    }

    private static byte[] description() {
        try (InputStream in = IngestHttp.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json cannot be read", e);
        }
    }
}
