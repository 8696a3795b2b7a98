package dev.selfheal.ingest.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Reads a body, unzipped when it is zipped, and stops at the limit: what a bomb would unfold to is never held. */
final class RequestBody {

    private static final int BUFFER = 8_192;

    private final int maxBytes;

    /**
     * @param maxBytes of the body both as sent and after decompression
     */
    RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte[] read(Context context) throws RefusedRequestException {
        if (context.contentLength() > maxBytes) {
            throw tooLarge();
        }
        try (LimitedInputStream sent = new LimitedInputStream(context.bodyInputStream(), maxBytes)) {
            return read(context.header("Content-Encoding"), sent);
        } catch (IOException e) {
            throw RefusedRequestException.malformed("the body could not be read to its end: " + e.getMessage());
        }
    }

    private byte[] read(String encoding, LimitedInputStream sent) throws IOException, RefusedRequestException {
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("identity")) {
            return whole(sent, sent);
        }
        try (InputStream decoded = decoded(name, sent)) {
            return whole(decoded, sent);
        } catch (IOException e) {
            throw sent.isOver()
                    ? tooLarge()
                    : RefusedRequestException.malformed("the body is not complete " + name + ": " + e.getMessage());
        }
    }

    private byte[] whole(InputStream decoded, LimitedInputStream sent) throws IOException, RefusedRequestException {
        byte[] body = decoded.readNBytes(maxBytes + 1);
        if (body.length > maxBytes || sent.isOver()) {
            throw tooLarge();
        }
        return body;
    }

    private static InputStream decoded(String encoding, InputStream sent) throws IOException, RefusedRequestException {
        return switch (encoding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(sent, BUFFER);
            case "deflate" -> new InflaterInputStream(sent);
            case "br" -> new BrotliInputStream(sent, BUFFER);
            default ->
                throw RefusedRequestException.unsupported(
                        "Content-Encoding is unknown; send gzip, deflate, br or none");
        };
    }

    private RefusedRequestException tooLarge() {
        return RefusedRequestException.tooLarge(
                "the body has more than " + maxBytes + " bytes; send fewer events in one request");
    }
}
