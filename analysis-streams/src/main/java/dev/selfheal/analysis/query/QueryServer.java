package dev.selfheal.analysis.query;

import dev.selfheal.analysis.query.Distribution.Question;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The read model's HTTP server. Every answer is JSON, refusals included; bad input never makes a 5xx. */
final class QueryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);

    /** Seconds; a rebalance without much to restore takes about as long. */
    private static final String RETRY_AFTER = "2";

    private final QuerySettings settings;
    private final Semaphore permits;
    /**
     * For questions of other instances. Who answers a person waits for them; if they took the same permits, two instances
     * full of people's questions would each wait for the other.
     */
    private final Semaphore hopPermits;
    private final Javalin server;

    /**
     * @param gets handlers of GET by path
     */
    QueryServer(QuerySettings settings, Map<String, Handler> gets) {
        this.settings = settings;
        permits = new Semaphore(settings.maxConcurrent());
        hopPermits = new Semaphore(settings.maxConcurrent());
        server = Javalin.create(config -> {
            quiet(config);
            gets.forEach((path, handler) -> config.routes.get(path, limited(handler)));
            failures(config.routes);
        });
    }

    /** Returns when it listens. */
    void start() {
        server.start(settings.host(), settings.port());
    }

    /** Only after {@link #start()}. */
    int port() {
        return server.port();
    }

    /** Lets running queries end for a bounded time. */
    @Override
    public void close() {
        server.stop();
    }

    /** What is asked, as another instance can be asked it. */
    static Question question(Context context, QuerySettings settings) {
        String query = context.queryString();
        String path = context.path() + (query == null ? "" : "?" + query);
        try {
            URI.create(path);
        } catch (IllegalArgumentException e) {
            throw QueryException.invalid("URL", "is not well formed: " + e.getMessage());
        }
        return new Question(path, isPassedOn(context), Deadline.in(settings.timeout()));
    }

    private static boolean isPassedOn(Context context) {
        return context.header(Peers.HOP) != null;
    }

    private Handler limited(Handler handler) {
        return context -> {
            Semaphore free = isPassedOn(context) ? hopPermits : permits;
            if (!free.tryAcquire()) {
                throw QueryException.busy(settings.maxConcurrent());
            }
            try {
                handler.handle(context);
            } finally {
                free.release();
            }
        };
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
    }

    private static void failures(RoutesConfig routes) {
        routes.exception(QueryException.class, (e, context) -> refuse(context, e.status(), e.problem()));
        routes.exception(
                InvalidStateStoreException.class,
                (e, context) -> refuse(
                        context,
                        503,
                        QueryException.unavailable("the state moves: " + e.getMessage())
                                .problem()));
        routes.exception(HttpResponseException.class, (e, context) -> {
            if (e instanceof MethodNotAllowedResponse) {
                e.getDetails().values().forEach(methods -> context.header("Allow", methods));
            }
            refuse(context, e.getStatus(), problem(e));
        });
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("a bug: {} {} failed", context.method(), context.path(), e);
            refuse(context, 500, new Json.Problem("INTERNAL", "", "a bug of the read model; its log says more"));
        });
    }

    private static void refuse(Context context, int status, Json.Problem problem) {
        if (status == 503) {
            context.header("Retry-After", RETRY_AFTER);
        }
        answer(context, status, Json.bytes(problem.toJson()));
    }

    static void answer(Context context, int status, byte[] body) {
        context.status(status).contentType("application/json").result(body);
    }

    private static Json.Problem problem(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> new Json.Problem("NOT_FOUND", "", "nothing is here; GET /openapi.json lists what is");
            case 405 -> new Json.Problem("METHOD_NOT_ALLOWED", "", "the read model takes GET alone");
            default -> new Json.Problem("REFUSED", "", String.valueOf(e.getMessage()));
        };
    }
}
