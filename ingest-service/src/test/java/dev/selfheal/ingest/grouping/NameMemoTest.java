package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameMemoTest {

    private final AtomicInteger computed = new AtomicInteger();
    private final NameMemo<String> memo = new NameMemo<>(name -> {
        computed.incrementAndGet();
        return name.toUpperCase(Locale.ROOT);
    });

    @Test
    void shouldComputeOnceWhenANameComesAgain() {
        memo.of("org.example.Cart1");

        assertThat(memo.of("org.example." + "Cart1")).isEqualTo("ORG.EXAMPLE.CART1");
        assertThat(computed).hasValue(1);
    }

    @Test
    void shouldKeepNamesApartWhenTheyShareAHashCode() {
        // "Aa" and "BB" have the same one.
        assertThat(memo.of("xAa")).isEqualTo("XAA");
        assertThat(memo.of("xBB")).isEqualTo("XBB");
        assertThat(memo.of("xAa")).isEqualTo("XAA");
        assertThat(computed).hasValue(3);
    }

    @Test
    void shouldKeepNoNameLongerThanItsBound() {
        String longest = "a".repeat(NameMemo.LONGEST);
        memo.of(longest);
        memo.of(longest);
        assertThat(computed).hasValue(1);

        memo.of(longest + "b");
        memo.of(longest + "b");
        assertThat(computed).hasValue(3);
    }

    @Test
    void shouldAnswerRightWhenThereAreMoreNamesThanSlots() {
        IntStream.range(0, 4 * NameMemo.SLOTS)
                .forEach(i -> assertThat(memo.of("name" + i)).isEqualTo("NAME" + i));
    }
}
