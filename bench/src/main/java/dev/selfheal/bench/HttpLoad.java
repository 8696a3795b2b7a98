package dev.selfheal.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends some requests over and over, in turn, one at a time on each of some connections. Bare sockets: a full HTTP client would use
 * more of the machine than the server under test.
 */
final class HttpLoad {

    private final URI endpoint;
    private final List<byte[]> requests;
    private final int connections;

    /**
     * @param bodies of the requests; each connection begins with another
     */
    HttpLoad(URI endpoint, String contentType, List<byte[]> bodies, int connections) {
        this.endpoint = endpoint;
        this.connections = connections;
        requests = bodies.stream()
                .map(body -> request(endpoint, contentType, body))
                .toList();
    }

    /**
     * @param requests answered
     * @param latencies of each, nanoseconds, ascending
     */
    record Result(int requests, double seconds, long[] latencies) {

        double perSecond() {
            return requests / seconds;
        }

        double millisAt(double quantile) {
            return latencies[(int) Math.min(latencies.length - 1L, (long) (latencies.length * quantile))] / 1e6;
        }
    }

    Result run(double seconds) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i * requests.size() / connections;
                Callable<long[]> connection = () -> sendUntil(end, first);
                running.add(threads.submit(connection));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> one : running) {
                all.add(one.get());
            }
            double took = (System.nanoTime() - begin) / 1e9;
            long[] latencies =
                    all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Result(latencies.length, took, latencies);
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] request(URI endpoint, String contentType, byte[] body) {
        byte[] head = ("POST " + endpoint.getPath() + " HTTP/1.1\r\nHost: bench\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private long[] sendUntil(long end, int first) throws IOException {
        long[] latencies = new long[1024];
        int sent = 0;
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                out.write(requests.get((first + sent) % requests.size()));
                readAnswer(in);
                if (sent == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * sent);
                }
                latencies[sent++] = System.nanoTime() - now;
            }
        }
        return Arrays.copyOf(latencies, sent);
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        in.skipNBytes(length);
        if (!status.contains(" 20")) {
            throw new IOException("answered with " + status);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
