package dev.selfheal.ingest.draft;

import dev.selfheal.event.ExceptionInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The bounds the {@code error-events} contract promises its readers. A real error that exceeds them (a stack overflow has
 * 1,024 frames) is shortened rather than refused: losing its middle is better than losing the error.
 */
public final class ContractBounds {

    public static final int MAX_EXCEPTIONS = 16;
    public static final int MAX_FRAMES = 512;
    /** In UTF-16 units. */
    public static final int MAX_MESSAGE = 16_384;
    /** Of a tag's value, in UTF-16 units. */
    public static final int MAX_TAG_VALUE = 1_024;
    /** Of a release, an environment or a part of a fingerprint, in UTF-16 units. */
    public static final int MAX_SHORT_TEXT = 256;
    /** Half a secret is not recognised: this much more is looked at before what is beyond a bound is cut off. */
    private static final int BEYOND = 4_096;

    private ContractBounds() {}

    /** The outermost exception, which says what failed for the user, and the ones nearest the root cause. */
    public static List<ExceptionInfo> shorten(List<ExceptionInfo> chain) {
        List<ExceptionInfo> kept = new ArrayList<>(Math.min(chain.size(), MAX_EXCEPTIONS));
        int skippedUntil = chain.size() - (MAX_EXCEPTIONS - 1);
        for (int i = 0; i < chain.size(); i++) {
            if (i == 0 || i >= skippedUntil) {
                kept.add(shorten(chain.get(i)));
            }
        }
        return kept;
    }

    /** The text cut to {@link #MAX_MESSAGE}, never inside a surrogate pair. */
    public static String shorten(String text) {
        return cut(text, MAX_MESSAGE);
    }

    /** What is read of a text that is scrubbed and then cut to a length: bounded too. */
    public static String beforeScrubbing(String text, int maxLength) {
        return cut(text, maxLength + BEYOND);
    }

    /** The text cut to a length in UTF-16 units, never inside a surrogate pair. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
    }

    private static ExceptionInfo shorten(ExceptionInfo exception) {
        boolean framesFit = exception.getFrames().size() <= MAX_FRAMES;
        boolean messageFits = exception.getMessage().map(String::length).orElse(0) <= MAX_MESSAGE;
        if (framesFit && messageFits) {
            return exception;
        }
        return new ExceptionInfo(
                exception.getType(),
                exception.getMessage().map(ContractBounds::shorten).orElse(null),
                framesFit
                        ? exception.getFrames()
                        : List.copyOf(exception.getFrames().subList(0, MAX_FRAMES)));
    }
}
