package dev.selfheal.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.scrub.WordSearch.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordSearchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "PASSWORD", "a password b", "passpassword", "\u212apassword", "{`~pass|word password"
            })
    void shouldFindAWordInAnyCase(String text) {
        WordSearch search = new WordSearch(List.of("none", "password"));

        assertThat(search.in(text).low()).isEqualTo(0b10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drowssap", "passwor", "pa\u017fsword", "pass\u00e9word", "pass word"})
    void shouldFindNoWordWhereThereIsNone(String text) {
        Found found = new WordSearch(List.of("none", "password")).in(text);

        assertThat(found.low()).isZero();
        assertThat(found.high()).isZero();
    }

    @Test
    void shouldFindWordsInsideOfOthersAndAcrossThem() {
        WordSearch search = new WordSearch(List.of("abcd", "bc", "cde", "d"));

        assertThat(search.in("abcde").low()).isEqualTo(0b1111);
        assertThat(search.in("abce").low()).isEqualTo(0b0010);
    }

    @Test
    void shouldCountDigitsOfAsciiOnly() {
        assertThat(new WordSearch(List.of("a")).in("1a2\u0663").digits()).isEqualTo(2);
    }

    /** Of as many words as there can be, over few letters, so that they begin and end alike. */
    @Test
    void shouldAgreeWithSearchingEachWord() {
        Random random = new Random(5);
        List<String> words = new ArrayList<>();
        while (words.size() < 128) {
            String word = letters(random, 1 + random.nextInt(6));
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        WordSearch search = new WordSearch(words);
        for (int round = 0; round < 5_000; round++) {
            String text = letters(random, random.nextInt(12));
            Found found = search.in(random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT));

            List<String> expected = words.stream().filter(text::contains).toList();
            assertThat(found.low()).as(text).isEqualTo(search.bitsOf(expected).low());
            assertThat(found.high()).as(text).isEqualTo(search.bitsOf(expected).high());
        }
    }

    @Test
    void shouldSayWhenThereAreTooManyWords() {
        List<String> words = IntStream.range(0, 129).mapToObj(Integer::toString).toList();

        assertThatThrownBy(() -> new WordSearch(words)).hasMessageContaining("129 words; at most 128");
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append("abcd-".charAt(random.nextInt(5)));
        }
        return letters.toString();
    }
}
