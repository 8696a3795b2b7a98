package dev.selfheal.scrub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells in one pass over a text which of many words it holds, in whatever case: an Aho-Corasick automaton. Only what is ASCII
 * is compared. Immutable.
 */
final class WordSearch {

    /** Words are numbered by the bits of two longs. */
    private static final int MOST_WORDS = 2 * Long.SIZE;

    private static final int ASCII = 128;

    /**
     * What a text holds.
     *
     * @param low bits of the first 64 words
     * @param high bits of the others
     * @param digits ASCII digits in the text
     */
    record Found(long low, long high, int digits) {}

    private final List<String> words;
    /** The column of a character in {@link #next}; 0 for all that stand in no word. */
    private final byte[] columns = new byte[ASCII];

    private final int width;
    /** The state after a state and a character, at {@code state * width + column}. */
    private final short[] next;
    /** The words that end in a state. */
    private final long[] low;

    private final long[] high;

    /**
     * @param words of ASCII; repeated ones count once
     */
    WordSearch(List<String> words) {
        Set<String> distinct = new LinkedHashSet<>();
        words.forEach(word -> distinct.add(lowerCase(word)));
        this.words = List.copyOf(distinct);
        if (this.words.size() > MOST_WORDS) {
            throw new IllegalArgumentException(this.words.size() + " words; at most " + MOST_WORDS + " are found");
        }
        this.width = number(this.words);
        int most = 1 + this.words.stream().mapToInt(String::length).sum();
        this.next = new short[most * width];
        this.low = new long[most];
        this.high = new long[most];
        link(enter());
    }

    /** The bits of some of the words. */
    Found bitsOf(List<String> some) {
        long lowBits = 0;
        long highBits = 0;
        for (String word : some) {
            int number = words.indexOf(lowerCase(word));
            if (number < 0) {
                throw new IllegalArgumentException(word + " is not searched for");
            }
            lowBits |= number < Long.SIZE ? 1L << number : 0;
            highBits |= number < Long.SIZE ? 0 : 1L << (number - Long.SIZE);
        }
        return new Found(lowBits, highBits, 0);
    }

    Found in(String text) {
        int state = 0;
        int digits = 0;
        long lowBits = 0;
        long highBits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = c < ASCII ? next[state * width + columns[c]] : 0;
            lowBits |= low[state];
            highBits |= high[state];
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        return new Found(lowBits, highBits, digits);
    }

    /** Gives each character of the words a column, letters in either case the same. */
    private int number(List<String> all) {
        int columnsUsed = 1;
        for (String word : all) {
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (columns[c] == 0) {
                    columns[c] = (byte) columnsUsed++;
                }
            }
        }
        for (char c = 'a'; c <= 'z'; c++) {
            columns[c - ('a' - 'A')] = columns[c];
        }
        return columnsUsed;
    }

    /** The words as a tree of states; returns how many there are. */
    private int enter() {
        int states = 1;
        for (int word = 0; word < words.size(); word++) {
            int state = 0;
            for (int i = 0; i < words.get(word).length(); i++) {
                char c = words.get(word).charAt(i);
                int at = state * width + columns[c];
                if (next[at] == 0) {
                    next[at] = (short) states++;
                }
                state = next[at];
            }
            low[state] |= word < Long.SIZE ? 1L << word : 0;
            high[state] |= word < Long.SIZE ? 0 : 1L << (word - Long.SIZE);
        }
        return states;
    }

    /** Leads each state that a character does not continue to where the longest end of what was read goes on. */
    private void link(int states) {
        short[] shorter = new short[states];
        Deque<Integer> queue = new ArrayDeque<>();
        for (int column = 1; column < width; column++) {
            if (next[column] != 0) {
                queue.add((int) next[column]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            low[state] |= low[shorter[state]];
            high[state] |= high[shorter[state]];
            for (int column = 0; column < width; column++) {
                int at = state * width + column;
                short without = next[shorter[state] * width + column];
                if (next[at] == 0) {
                    next[at] = without;
                } else {
                    shorter[next[at]] = without;
                    queue.add((int) next[at]);
                }
            }
        }
    }

    private static String lowerCase(String word) {
        StringBuilder lower = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= ASCII) {
                throw new IllegalArgumentException(word + " is not ASCII");
            }
            lower.append(Character.toLowerCase(c));
        }
        return lower.toString();
    }
}
