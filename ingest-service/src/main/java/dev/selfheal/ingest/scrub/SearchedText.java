package dev.selfheal.ingest.scrub;

import java.util.Locale;

/**
 * A text and what one pass over it tells: enough to leave out most searches, for most texts are short and hold nothing.
 * Used by one thread.
 */
final class SearchedText {

    /** Stands for every character: what is in a text beyond ASCII, and what lower case makes of it, is not looked into. */
    private static final long ANY = -1L;

    private final String text;
    private final long characters;
    private final int digits;
    private String lowerCase;

    SearchedText(String text) {
        this.text = text;
        long found = 0;
        int numerals = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            found |= bit(c);
            numerals += c >= '0' && c <= '9' ? 1 : 0;
        }
        this.characters = found;
        this.digits = numerals;
    }

    /** A bit for every character that stands in the text; letters in either case have one. */
    static long characters(String text) {
        return new SearchedText(text).characters;
    }

    /** ASCII digits. */
    int digits() {
        return digits;
    }

    /**
     * Whether the text in lower case contains the hint.
     *
     * @param hintCharacters {@link #characters(String)} of the hint
     */
    boolean contains(String hint, long hintCharacters) {
        if ((characters & hintCharacters) != hintCharacters) {
            return false;
        }
        if (lowerCase == null) {
            lowerCase = text.toLowerCase(Locale.ROOT);
        }
        return lowerCase.contains(hint);
    }

    private static long bit(char c) {
        if (c > '~') {
            return ANY;
        }
        int upperCase = c >= 'a' ? c - ('a' - 'A') : c;
        // Control characters stand in no hint; those behind the letters share a bit with those before them.
        return upperCase < ' ' ? 0 : 1L << (upperCase - ' ');
    }
}
