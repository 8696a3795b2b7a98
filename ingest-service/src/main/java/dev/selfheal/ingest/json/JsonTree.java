package dev.selfheal.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
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

/** Bytes to a JSON tree, within limits, each failure told by the place where it happened. Thread-safe. */
public final class JsonTree {

    private static final int MAX_NUMBER_DIGITS = 64;

    private final ObjectReader reader;
    private final EventFault faults;

    public JsonTree(Limits limits) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.eventBytes())
                        .maxNumberLength(MAX_NUMBER_DIGITS)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        faults = new EventFault(limits, MAX_NUMBER_DIGITS);
        // The tree knows its names already; the parser would keep a set of its own for every object.
        reader = new ObjectMapper(factory)
                .reader()
                .with(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /** Exactly one JSON value. */
    public JsonNode read(byte[] utf8, int offset, int length) throws InvalidEventException {
        try {
            return reader.readTree(utf8, offset, length);
        } catch (StreamConstraintsException e) {
            throw faults.tooLarge(e);
        } catch (JsonProcessingException e) {
            throw EventFault.malformed(e, utf8, offset, length);
        } catch (CharConversionException e) {
            throw InvalidEventException.malformed("", "is not valid JSON: its bytes are not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from an array cannot fail", e);
        }
    }
}
