package dev.selfheal.ingest.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Scrubs JSON as text: what holds a secret is replaced by a JSON string, everything else stays as it was written. Also of
 * text that is no JSON, or only its beginning, what looks like a string or a number is scrubbed. Thread-safe.
 */
final class JsonText {

    private static final ObjectReader STRINGS = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build()
            .readerFor(String.class);
    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final Scrubber scrubber;

    JsonText(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** Whether the text is JSON from its beginning to its end. */
    static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The text without secrets, as valid as it was. */
    String scrub(String text, ScrubCount count) {
        StringBuilder scrubbed = new StringBuilder(text.length());
        String name = "";
        int at = 0;
        while (at < text.length()) {
            int end = at + 1;
            if (text.charAt(at) == '"') {
                end = endOfString(text, at);
                String content = contentOf(text.substring(at, end));
                boolean isName = isBeforeColon(text, end);
                scrubbed.append(replaced(text.substring(at, end), isName ? "" : name, content, count));
                name = isName ? content : name;
            } else if (beginsNumber(text.charAt(at))) {
                end = endOfNumber(text, at);
                String number = text.substring(at, end);
                scrubbed.append(replaced(number, name, number, count));
            } else {
                scrubbed.append(text.charAt(at));
            }
            at = end;
        }
        return scrubbed.toString();
    }

    /**
     * @param name of the nearest field before
     */
    private String replaced(String written, String name, String content, ScrubCount count) {
        String clean = scrubber.scrubTag(name, content, count);
        return clean.equals(content) ? written : '"' + escaped(clean) + '"';
    }

    private static String contentOf(String quoted) {
        boolean closed = quoted.length() > 1 && quoted.endsWith("\"");
        String raw = quoted.substring(1, closed ? quoted.length() - 1 : quoted.length());
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try {
            return STRINGS.readValue('"' + raw + '"');
        } catch (JsonProcessingException e) {
            return raw; // cut inside of an escape
        }
    }

    private static String escaped(String content) {
        StringBuilder escaped = new StringBuilder(content.length());
        for (char c : JsonStringEncoder.getInstance().quoteAsString(content)) {
            if (c < 0x80) {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    /** After the closing quote; the end of the text when there is none. */
    private static int endOfString(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    private static int endOfNumber(String text, int start) {
        return IntStream.range(start + 1, text.length())
                .filter(at -> !isOfNumber(text.charAt(at)))
                .findFirst()
                .orElse(text.length());
    }

    private static boolean beginsNumber(char c) {
        return (c >= '0' && c <= '9') || c == '-';
    }

    private static boolean isOfNumber(char c) {
        return beginsNumber(c) || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private static boolean isBeforeColon(String text, int end) {
        int at = end;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':';
    }
}
