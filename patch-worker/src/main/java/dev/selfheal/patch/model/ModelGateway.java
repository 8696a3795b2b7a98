package dev.selfheal.patch.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.config.types.Password;

/**
 * Asks language models. Spreads questions over keys and routes, and falls back from one to the next; never blocks the
 * caller. Thread-safe. Needs a handful of threads whatever the number of calls in flight.
 */
public final class ModelGateway implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int HTTP_THREADS = 4;

    private final Clock clock;
    private final RandomGenerator random;
    private final ModelMeters meters;
    private final ScheduledExecutorService timer;
    private final ExecutorService httpThreads;
    private final List<RouteSlot> slots;

    /**
     * @param totalUsdPerDay most money per UTC day over all routes
     * @param listener told whenever the breaker of a key changes its position; on any thread, must not block
     */
    public ModelGateway(
            List<RouteSettings> routes,
            double totalUsdPerDay,
            MeterRegistry registry,
            Clock clock,
            RandomGenerator random,
            Consumer<RouteState> listener) {
        this.clock = clock;
        this.random = random;
        this.meters = new ModelMeters(registry, clock);
        this.timer = timer();
        this.httpThreads = Executors.newFixedThreadPool(HTTP_THREADS, daemon("model-http"));
        this.slots = slots(routes, new DailyBudget(totalUsdPerDay, clock), listener);
    }

    private List<RouteSlot> slots(List<RouteSettings> routes, DailyBudget total, Consumer<RouteState> listener) {
        // HTTP/1.1: over HTTP/2 one client fails every call beyond the server's limit of streams, often 100.
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(httpThreads)
                .build();
        ObjectMapper json = new ObjectMapper();
        List<RouteSlot> made = new ArrayList<>();
        for (RouteSettings route : routes) {
            Spending spending = new Spending(new DailyBudget(route.usdPerDay(), clock), total, route.price());
            int number = 1;
            for (Password key : route.keys()) {
                String name = route.name() + "/" + number++;
                made.add(new RouteSlot(
                        name,
                        route,
                        new HttpModelClient(http, route, key, json, clock),
                        new KeyBreaker(name, route, clock, random, listener),
                        new Pacing(name, route, clock, random),
                        spending,
                        timer));
            }
        }
        return List.copyOf(made);
    }

    /**
     * Asks until a reply passes its check or no key of the routes is left. The future fails only on a bug; cancelling it
     * closes the connection of the call under way.
     *
     * @param routes names of configured routes; questions are spread over all of them
     * @param deadline nothing is begun after it
     */
    public CompletableFuture<ModelOutcome> ask(
            Collection<String> routes, ModelRequest question, ReplyCheck check, Instant deadline) {
        List<RouteSlot> candidates = slots.stream()
                .filter(slot -> routes.contains(slot.route().name()))
                .toList();
        return new Conversation(candidates, question, check, deadline, clock, random, timer, meters).begin();
    }

    /** Where every key's breaker stands. */
    public List<RouteState> states() {
        return slots.stream().map(RouteSlot::state).toList();
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemon("model-timer"));
        // Each call sets an alarm of minutes and nearly always cancels it.
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private static ThreadFactory daemon(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ends at once; calls under way are abandoned. */
    @Override
    public void close() {
        timer.shutdownNow();
        httpThreads.shutdownNow();
    }
}
