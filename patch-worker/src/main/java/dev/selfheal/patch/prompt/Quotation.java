package dev.selfheal.patch.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Marks that quote untrusted text. The tag depends on all of the quoted text and occurs nowhere in it, so no text can
 * close its own quotation, and whoever writes an error message cannot know the tag beforehand.
 */
final class Quotation {

    private static final int TAG_DIGITS = 12;

    private final String tag;

    private Quotation(String tag) {
        this.tag = tag;
    }

    /** The same texts give the same tag, which keeps prompts cacheable and tests simple. */
    static Quotation of(List<String> texts) {
        for (int round = 0; ; round++) {
            String tag = digest(round, texts).substring(0, TAG_DIGITS);
            if (texts.stream().noneMatch(text -> text.contains(tag))) {
                return new Quotation(tag);
            }
        }
    }

    String tag() {
        return tag;
    }

    String quote(String title, String text) {
        return "BEGIN " + tag + " " + title + "\n" + text + "\nEND " + tag + "\n";
    }

    private static String digest(int round, List<String> texts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Integer.toString(round).getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                sha256.update(text.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
