package dev.selfheal.ingest.grouping;

/**
 * Which characters a text is made of, found in one pass: a pattern that needs others need not be tried. Pure; a sign that
 * stands tells nothing more than that a pattern may match.
 */
final class TextSigns {

    static final int DIGIT = 1;
    static final int DASH = 1 << 1;
    static final int COLON = 1 << 2;
    static final int SLASH = 1 << 3;
    static final int BACKSLASH = 1 << 4;
    static final int DOT = 1 << 5;
    static final int COMMA = 1 << 6;
    static final int AT = 1 << 7;
    static final int EQUALS = 1 << 8;
    static final int LESS = 1 << 9;
    static final int QUOTE = 1 << 10;
    static final int APOSTROPHE = 1 << 11;
    static final int BACKTICK = 1 << 12;
    /** Unicode's opening double quotation mark. */
    static final int CURLY_QUOTE = 1 << 13;

    static final int BRACKET = 1 << 14;
    static final int BRACE = 1 << 15;
    static final int PARENTHESIS = 1 << 16;
    static final int LETTER_X = 1 << 17;
    /** What {@code NaN} and {@code Infinity} begin with. */
    static final int CAPITAL_N_OR_I = 1 << 18;
    /** White space other than single blanks. */
    static final int ODD_SPACE = 1 << 19;
    /** {@value #HEX_RUN} hexadecimal digits in a row. */
    static final int LONG_HEX = 1 << 20;
    /** {@value #WORD_RUN} letters, digits or underscores in a row. */
    static final int LONG_WORD = 1 << 21;

    private static final int HEX = 1 << 22;
    private static final int WORD = 1 << 23;
    private static final int BLANK = 1 << 24;
    private static final int INTERNAL = HEX | WORD | BLANK;

    private static final int HEX_RUN = 8;
    private static final int WORD_RUN = 16;
    private static final int[] ASCII = ascii();

    private TextSigns() {}

    /** Every sign of the text. */
    static int of(String text) {
        int found = 0;
        int hexRun = 0;
        int wordRun = 0;
        int previous = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int signs = c < ASCII.length ? ASCII[c] : other(c);
            hexRun = (signs & HEX) == 0 ? 0 : hexRun + 1;
            wordRun = (signs & WORD) == 0 ? 0 : wordRun + 1;
            found |= signs;
            if (hexRun == HEX_RUN) {
                found |= LONG_HEX;
            }
            if (wordRun == WORD_RUN) {
                found |= LONG_WORD;
            }
            if ((signs & previous & BLANK) != 0) {
                found |= ODD_SPACE;
            }
            previous = signs;
        }
        return found & ~INTERNAL;
    }

    private static int other(char c) {
        return c == '\u201c' ? CURLY_QUOTE : 0;
    }

    private static int[] ascii() {
        int[] signs = new int[128];
        mark(signs, "0123456789", DIGIT | HEX | WORD);
        mark(signs, "abcdefABCDEF", HEX | WORD);
        mark(signs, "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ_", WORD);
        mark(signs, " ", BLANK);
        mark(signs, "\t\n\u000b\f\r", ODD_SPACE);
        mark(signs, "xX", LETTER_X);
        mark(signs, "NI", CAPITAL_N_OR_I);
        String single = "-:/\\.,@=<\"'`";
        int[] meaning = {DASH, COLON, SLASH, BACKSLASH, DOT, COMMA, AT, EQUALS, LESS, QUOTE, APOSTROPHE, BACKTICK};
        for (int i = 0; i < meaning.length; i++) {
            signs[single.charAt(i)] |= meaning[i];
        }
        mark(signs, "[", BRACKET);
        mark(signs, "{", BRACE);
        mark(signs, "(", PARENTHESIS);
        return signs;
    }

    private static void mark(int[] signs, String characters, int sign) {
        for (int i = 0; i < characters.length(); i++) {
            signs[characters.charAt(i)] |= sign;
        }
    }
}
