package dev.selfheal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;

/**
 * Says in our own words what keeps text from being JSON, and where: who wrote it knows nothing of the parser's classes and
 * settings, and what the parser quotes may be a secret. Pure.
 */
public final class JsonFault {

    /**
     * @param sign what the parser's message holds
     * @param words after the place
     */
    private record Reading(String sign, String words) {}

    private static final String NOT_UTF8 = "Invalid UTF-8";

    /** In an order in which what the parser quotes is not taken for its own words. */
    private static final List<Reading> READINGS = List.of(
            new Reading("Unrecognized token", "a value is expected; text needs double quotes"),
            new Reading("Trailing token", "something follows the value; write several events one on each line"),
            new Reading("Duplicate", "the field is there twice"),
            new Reading(NOT_UTF8, "a byte is not UTF-8"),
            new Reading("Illegal unquoted character", "a control character stands in a string; escape it, \\n for one"),
            new Reading("hex-digit", "\\u is not followed by four hex digits"),
            new Reading("character escape", "a backslash is followed by what it cannot escape"),
            new Reading("close marker", "a closing bracket does not match the one that is open"),
            new Reading("comma", "a comma or a closing bracket is missing"),
            new Reading("colon", "a colon is missing"),
            new Reading("start field name", "a field's name in double quotes is missing"),
            new Reading("start property name", "a field's name in double quotes is missing"),
            new Reading("Non-standard token", "the number is none that JSON knows"),
            new Reading("numeric value", "the number is not written as JSON writes numbers"),
            new Reading("Leading zeroes", "the number is not written as JSON writes numbers"),
            new Reading("expected a va", "a value is expected"));

    private JsonFault() {}

    /**
     * {@code is not valid JSON at line 3, column 7: a comma or a closing bracket is missing}, with the line where the text has
     * several, and the column, both from 1.
     *
     * @param utf8 what the parser read; of text it does not tell the place
     */
    public static String of(JsonProcessingException e, byte[] utf8, int offset, int length) {
        return "is not valid JSON" + place(e, utf8, offset, length) + ": " + words(e);
    }

    /** The same of all of an array. */
    public static String of(JsonProcessingException e, byte[] utf8) {
        return of(e, utf8, 0, utf8.length);
    }

    /** JSON pointer to where the parser was; empty when it does not say. */
    public static String pointer(JsonProcessingException e) {
        return e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
    }

    private static String words(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "it ends before it is complete";
        }
        String message = String.valueOf(e.getOriginalMessage());
        return READINGS.stream()
                .filter(reading -> message.contains(reading.sign()))
                .map(Reading::words)
                .findFirst()
                .orElse("what stands there is none of JSON's");
    }

    /** Counted here: the parser counts columns in bytes, and takes the carriage return at the end of a line for a line. */
    private static String place(JsonProcessingException e, byte[] utf8, int offset, int length) {
        JsonLocation at = e.getLocation();
        if (at == null || at.getByteOffset() < 0) {
            return "";
        }
        int line = 1;
        int column = 1;
        int end = offset + (int) Math.min(at.getByteOffset() - read(e), length);
        for (int i = offset; i < end; i++) {
            if (utf8[i] == '\n') {
                line++;
                column = 1;
            } else if (isFirstOfCharacter(utf8[i])) {
                column++;
            }
        }
        return isOneLine(utf8, offset, length) ? " at column " + column : " at line " + line + ", column " + column;
    }

    /** How many bytes the parser has gone past the place: one that is not UTF-8 is told when it is read. */
    private static int read(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith(NOT_UTF8) ? 1 : 0;
    }

    private static boolean isFirstOfCharacter(byte b) {
        return (b & 0xc0) != 0x80;
    }

    private static boolean isOneLine(byte[] utf8, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (utf8[i] == '\n') {
                return false;
            }
        }
        return true;
    }
}
