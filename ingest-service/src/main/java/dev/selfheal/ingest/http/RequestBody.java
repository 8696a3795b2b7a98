package dev.selfheal.ingest.http;

import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.MemoryBudget.Claim;
import dev.selfheal.ingest.publish.IngestMeters;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Reads a body, unzipped when it is zipped, and stops at the limit: what a bomb would unfold to is never held. What is held
 * is taken from a budget of all requests until the request is answered, or given up. Thread-safe.
 */
final class RequestBody {

    private static final int BUFFER = 8_192;
    /** Requests take milliseconds, unless Kafka is away. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final int maxBytes;
    private final MemoryBudget budget;
    private final IngestMeters meters;

    /**
     * @param maxBytes of the body both as sent and after decompression
     */
    RequestBody(int maxBytes, MemoryBudget budget, IngestMeters meters) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.meters = meters;
    }

    /**
     * @throws RefusedRequestException with the headers in place when the budget is used up
     */
    byte[] read(Context context) throws RefusedRequestException {
        if (context.contentLength() > maxBytes) {
            throw tooLarge();
        }
        Claim claim = claim(context);
        try (LimitedInputStream sent = new LimitedInputStream(context.bodyInputStream(), maxBytes)) {
            return read(context.header("Content-Encoding"), sent, claim);
        } catch (NoMemoryException e) {
            // At once, and not with the answer: else all that are being read together would be refused together.
            claim.close();
            meters.outOfMemory();
            RateLimitHeaders.put(context, RETRY_AFTER);
            throw RefusedRequestException.overloaded();
        } catch (IOException e) {
            throw RefusedRequestException.malformed("the body could not be read to its end: " + e.getMessage());
        }
    }

    /** Jetty tells the end of each request, whether it was answered, failed, timed out or lost its client. */
    private Claim claim(Context context) {
        Claim claim = budget.claim();
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), failure -> claim.close());
        return claim;
    }

    private byte[] read(String encoding, LimitedInputStream sent, Claim claim)
            throws IOException, RefusedRequestException, NoMemoryException {
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("identity")) {
            return whole(sent, sent, claim);
        }
        try {
            return decoded(name, sent, claim);
        } catch (IOException e) {
            throw sent.isOver()
                    ? tooLarge()
                    : RefusedRequestException.malformed("the body is not complete " + name + ": " + e.getMessage());
        }
    }

    private byte[] decoded(String encoding, LimitedInputStream sent, Claim claim)
            throws IOException, RefusedRequestException, NoMemoryException {
        return switch (encoding) {
            case "gzip", "x-gzip" -> whole(new GZIPInputStream(sent, BUFFER), sent, claim);
            case "deflate" -> whole(new InflaterInputStream(sent), sent, claim);
            case "br" -> brotli(sent, claim);
            default ->
                throw RefusedRequestException.unsupported("Content-Encoding", encoding, "gzip, deflate, br or none");
        };
    }

    private byte[] brotli(LimitedInputStream sent, Claim claim)
            throws IOException, RefusedRequestException, NoMemoryException {
        PushbackInputStream start = new PushbackInputStream(sent, 1);
        int window = BrotliWindow.of(start);
        if (!claim.take(window)) {
            throw new NoMemoryException();
        }
        byte[] body = whole(new BrotliInputStream(start, BUFFER), sent, claim);
        claim.giveBack(window);
        return body;
    }

    private byte[] whole(InputStream decoded, LimitedInputStream sent, Claim claim)
            throws IOException, RefusedRequestException, NoMemoryException {
        try (ClaimingInputStream claimed = new ClaimingInputStream(decoded, claim)) {
            byte[] body = claimed.readNBytes(maxBytes + 1);
            if (claimed.isRefused()) {
                throw new NoMemoryException();
            }
            if (body.length > maxBytes || sent.isOver()) {
                throw tooLarge();
            }
            return body;
        }
    }

    private RefusedRequestException tooLarge() {
        return RefusedRequestException.tooLarge(
                "the body has more than " + maxBytes + " bytes; send fewer events in one request");
    }

    /** The budget is used up. */
    private static final class NoMemoryException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
