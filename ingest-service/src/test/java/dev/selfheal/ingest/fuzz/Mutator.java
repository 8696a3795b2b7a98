package dev.selfheal.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes of inputs that are accepted others that may not be: the same ones from the same seed. */
final class Mutator {

    /** What the formats are made of, in places where it does not belong, and values at the edge of what fits. */
    private static final List<byte[]> TOKENS = List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    ",",
                    ":",
                    "\\",
                    "\n",
                    "\r\n",
                    "\0",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "1E-400",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "0.1",
                    "\"\"",
                    "{}",
                    "[]",
                    "\\u0000",
                    "\\ud800",
                    "\\udc00\\ud800",
                    "\u2028",
                    "\ufeff",
                    "é",
                    "😀",
                    "{\"type\":\"event\"}\n",
                    "\"length\":2147483647,",
                    "\"exception\":",
                    "\"values\":",
                    "\"frames\":",
                    "\"stacktrace\":",
                    "\"fingerprint\":[\"{{ default }}\"],",
                    "Caused by: ",
                    "\n\tat ",
                    "\n    at ",
                    "\t... 2 more\n",
                    "Suppressed: ",
                    "[CIRCULAR REFERENCE: ",
                    "\n  File \"x.py\", line 1, in ",
                    "Traceback (most recent call last):\n",
                    "During handling of the above exception",
                    "goroutine 1 [running]:\n",
                    "panic: ",
                    " [recovered]",
                    "\ncreated by ",
                    "   at X.Y() in x.cs:line 1\n",
                    " ---> ",
                    "--- End of inner",
                    "\n    at async Promise.all (index 0)",
                    "[cause]: ",
                    "$$Lambda$1/0x0",
                    "[scrubbed:",
                    "password=",
                    "://a:b@",
                    "Bearer ",
                    "4111 1111 1111 1111",
                    "a@b.c",
                    "-----BEGIN PRIVATE KEY-----")
            .stream()
            .map(token -> token.getBytes(UTF_8))
            .toList();

    private static final int MAX_STEPS = 6;
    private static final int MAX_REPEATED = 64 << 10;

    private final Random random;
    private final List<byte[]> corpus;

    Mutator(long seed, List<byte[]> corpus) {
        this.random = new Random(seed);
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] input = any();
        for (int steps = 1 + random.nextInt(MAX_STEPS); steps > 0; steps--) {
            input = mutated(input);
        }
        return input;
    }

    private byte[] mutated(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(1 + Math.min(input.length - from, 1 << random.nextInt(12)));
        byte[] range = Arrays.copyOfRange(input, from, to);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(input);
            case 1 -> replaced(input, from, from, token());
            case 2 -> replaced(input, from, to, token());
            case 3 -> replaced(input, from, to, new byte[0]);
            case 4 -> replaced(input, from, from, repeated(random.nextBoolean() ? range : token()));
            case 5 -> replaced(input, from, to, randomBytes(to - from));
            case 6 -> replaced(input, from, input.length, tail(any()));
            default -> Arrays.copyOf(input, from);
        };
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size()));
    }

    private byte[] tail(byte[] input) {
        return Arrays.copyOfRange(input, random.nextInt(input.length + 1), input.length);
    }

    private byte[] flipped(byte[] input) {
        byte[] result = input.clone();
        if (result.length > 0) {
            result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Deep nesting, endless chains, long lines. */
    private byte[] repeated(byte[] part) {
        int most = Math.min(1 << random.nextInt(15), MAX_REPEATED / Math.max(1, part.length));
        byte[] result = new byte[part.length * most];
        for (int i = 0; i < most; i++) {
            System.arraycopy(part, 0, result, i * part.length, part.length);
        }
        return result;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] result = new byte[from + by.length + input.length - to];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(input, to, result, from + by.length, input.length - to);
        return result;
    }
}
