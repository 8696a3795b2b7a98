package dev.selfheal.ingest.http;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a body, unzipped when it is zipped, and stops at the limit: what a bomb would unfold to is never held. */
final class RequestBody {

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
        try {
            byte[] body = decoded(encoding, sent).readNBytes(maxBytes + 1);
            if (body.length > maxBytes || sent.isOver()) {
                throw tooLarge();
            }
            return body;
        } catch (ZipException | EOFException e) {
            throw sent.isOver()
                    ? tooLarge()
                    : RefusedRequestException.malformed("the body is not complete gzip: " + e.getMessage());
        }
    }

    private static InputStream decoded(String encoding, InputStream sent) throws IOException, RefusedRequestException {
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> sent;
            case "gzip", "x-gzip" -> new GZIPInputStream(sent, 8_192);
            default -> throw RefusedRequestException.unsupported("Content-Encoding is unknown; send gzip or none");
        };
    }

    private RefusedRequestException tooLarge() {
        return RefusedRequestException.tooLarge(
                "the body has more than " + maxBytes + " bytes; send fewer events in one request");
    }
}
