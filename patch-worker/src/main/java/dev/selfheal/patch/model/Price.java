package dev.selfheal.patch.model;

/**
 * What a model costs, in US dollars per million tokens, as price lists state it.
 *
 * @param input per million tokens of the question that were not cached
 * @param cachedInput per million tokens of the question that were cached
 * @param output per million tokens of the reply
 */
public record Price(double input, double cachedInput, double output) {

    /** A model that costs nothing per call, for example one on your own machine. */
    public static final Price FREE = new Price(0, 0, 0);

    private static final double MILLION = 1_000_000;

    public Price {
        if (!(input >= 0 && cachedInput >= 0 && output >= 0)) {
            throw new IllegalArgumentException("prices must not be negative");
        }
    }

    /** In US dollars. */
    public double of(TokenUsage usage) {
        long fresh = usage.input() - usage.cachedInput();
        return (fresh * input + usage.cachedInput() * cachedInput + usage.output() * output) / MILLION;
    }
}
