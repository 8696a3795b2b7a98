package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoTest {

    private final List<String> asked = new ArrayList<>();
    private final Memo<String> memo = new Memo<>(name -> {
        asked.add(name);
        return name + "!";
    });

    @Test
    void shouldAskOnceWhenANameComesAgain() {
        assertThat(memo.of("com.example.Cart")).isEqualTo("com.example.Cart!");
        assertThat(memo.of(new String("com.example.Cart".toCharArray()))).isEqualTo("com.example.Cart!");

        assertThat(asked).containsExactly("com.example.Cart");
    }

    @Test
    void shouldTellNamesApartThatShareASlot() {
        String one = "Aa"; // has the hash of the other
        String other = "BB";

        assertThat(memo.of(one)).isEqualTo("Aa!");
        assertThat(memo.of(other)).isEqualTo("BB!");
        assertThat(memo.of(one)).isEqualTo("Aa!");
        assertThat(asked).containsExactly("Aa", "BB", "Aa");
    }

    @Test
    void shouldKeepTheLongestNameAndNoneThatIsLonger() {
        String longest = "x".repeat(Memo.MAX_LENGTH);
        String longer = longest + "x";

        memo.of(longest);
        memo.of(longest);
        memo.of(longer);
        memo.of(longer);

        assertThat(asked).containsExactly(longest, longer, longer);
    }

    @Test
    void shouldAnswerRightForMoreNamesThanItKeeps() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(memo.of("name" + i)).isEqualTo("name" + i + "!");
            }
        }
    }
}
