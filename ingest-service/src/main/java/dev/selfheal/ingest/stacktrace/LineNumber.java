package dev.selfheal.ingest.stacktrace;

/** Line numbers as traces print them. Pure. */
final class LineNumber {

    static final int UNKNOWN = 0;
    /** Nine digits fit an int; no source file has as many lines. */
    private static final int MAX_DIGITS = 9;

    private LineNumber() {}

    /** The number, or {@link #UNKNOWN} when the text is none. */
    static int parse(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : UNKNOWN;
    }
}
