package dev.selfheal.ingest.scrub;

import java.util.List;

/** Words of which a text must contain one, in whatever case, for a pattern to match it. Immutable. */
final class Hints {

    private record Hint(String word, long characters) {}

    private final List<Hint> hints;

    private Hints(List<Hint> hints) {
        this.hints = hints;
    }

    /**
     * @param words in lower case, of printable ASCII; none when every text may match
     */
    static Hints of(List<String> words) {
        return new Hints(words.stream()
                .map(word -> new Hint(word, SearchedText.characters(word)))
                .toList());
    }

    boolean mayBeIn(SearchedText text) {
        for (Hint hint : hints) {
            if (text.contains(hint.word(), hint.characters())) {
                return true;
            }
        }
        return hints.isEmpty();
    }
}
