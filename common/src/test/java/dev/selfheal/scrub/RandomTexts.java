package dev.selfheal.scrub;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts of given pieces and of any characters in random order: the same ones in every run. */
final class RandomTexts {

    private static final int LONGEST = 12;

    private RandomTexts() {}

    static Stream<String> of(List<String> pieces, int count) {
        Random random = new Random(7);
        return Stream.generate(() -> text(pieces, random)).limit(count);
    }

    private static String text(List<String> pieces, Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(LONGEST) + 1;
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) (' ' + random.nextInt(95)));
                case 1 -> text.append(Integer.toHexString(random.nextInt()));
                default -> text.append(pieces.get(random.nextInt(pieces.size())));
            }
        }
        return text.toString();
    }
}
