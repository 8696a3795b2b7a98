package dev.selfheal.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends events beside the tests, on a thread of its own that ends with the JVM. At most once: an event that does not fit
 * the queue, or that the intake does not take, is dropped and counted. After a failure to reach the intake nothing more is
 * sent. Thread-safe.
 */
final class EventSender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventSender.class.getName());
    private static final int QUEUE = 256;
    private static final int BATCH = 20;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    /** How an answer to a batch begins. */
    private static final Pattern ACCEPTED = Pattern.compile("\\s*\\{\\s*\"accepted\"\\s*:\\s*(\\d{1,9})");
    /** Ends the sending thread; no event is empty. */
    private static final String END = "";

    private final URI endpoint;
    private final Optional<String> key;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicInteger dropped = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "selfheal-junit-listener");
    private boolean started;
    private volatile boolean unreachable;

    EventSender(URI endpoint, Optional<String> key) {
        this.endpoint = endpoint;
        this.key = key;
        thread.setDaemon(true);
    }

    /** Never waits. */
    synchronized void send(String event) {
        if (!started) {
            started = true;
            thread.start();
        }
        if (unreachable || !queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    /** Waits a bounded time until everything is sent, and says what was not. */
    @Override
    public synchronized void close() {
        if (!started) {
            return;
        }
        try {
            // A full queue that nobody empties: the thread is given up.
            if (queue.offer(END, FLUSH.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.join(FLUSH.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        int lost = dropped.get()
                + (int) queue.stream().filter(event -> !event.equals(END)).count();
        if (lost > 0) {
            LOG.warning(lost + " failing tests were not reported to " + endpoint);
        }
    }

    private void run() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        try {
            boolean ended = false;
            while (!ended) {
                List<String> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                ended = batch.remove(END);
                if (!batch.isEmpty()) {
                    post(http, batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpClient http, List<String> batch) throws InterruptedException {
        if (unreachable) {
            dropped.addAndGet(batch.size());
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(String.join("\n", batch)));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            int refused = answer.statusCode() == 202 ? refused(answer.body(), batch.size()) : batch.size();
            if (refused > 0) {
                dropped.addAndGet(refused);
                LOG.warning(endpoint + " answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            unreachable = true;
            dropped.addAndGet(batch.size());
            LOG.warning(endpoint + " cannot be reached, no more failing tests are reported: " + e);
        }
    }

    /** How many of a batch the intake took only to say what is wrong with them; the others are stored. */
    private static int refused(String answer, int sent) {
        Matcher accepted = ACCEPTED.matcher(answer);
        return accepted.lookingAt() ? Math.max(0, sent - Integer.parseInt(accepted.group(1))) : 0;
    }
}
