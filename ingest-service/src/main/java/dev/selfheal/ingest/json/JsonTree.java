package dev.selfheal.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Bytes to a JSON tree, within limits, each failure told by the place where it happened. Thread-safe. */
public final class JsonTree {

    private static final int MAX_NUMBER_DIGITS = 64;

    private static final Pattern QUOTED_TOKEN = Pattern.compile("^(Unrecognized token) '.*?'");

    private final ObjectReader reader;

    public JsonTree(Limits limits) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.eventBytes())
                        .maxNumberLength(MAX_NUMBER_DIGITS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        reader = new ObjectMapper(factory).reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Exactly one JSON value. */
    public JsonNode read(byte[] utf8, int offset, int length) throws InvalidEventException {
        try {
            return reader.readTree(utf8, offset, length);
        } catch (StreamConstraintsException e) {
            throw InvalidEventException.tooLarge(pointer(e), e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw InvalidEventException.malformed(pointer(e), "not valid JSON" + where(e) + ": " + reason(e));
        } catch (CharConversionException e) {
            throw InvalidEventException.malformed("", "not valid UTF-8: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from an array cannot fail", e);
        }
    }

    private static String pointer(JsonProcessingException e) {
        return e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
    }

    private static String where(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** What is wrong, without Jackson's hints about its own configuration, and without what it read: that may be a secret. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        String reason = end < 0 ? message : message.substring(0, end);
        return QUOTED_TOKEN.matcher(reason).replaceFirst("$1");
    }
}
