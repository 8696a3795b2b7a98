package dev.selfheal.patch.model;

/**
 * Tokens a call was billed for.
 *
 * @param input all tokens of the question, cached ones included
 * @param cachedInput of these, the ones the provider had in its prompt cache
 * @param output tokens of the reply, hidden reasoning included
 */
public record TokenUsage(long input, long cachedInput, long output) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

    public TokenUsage {
        if (input < 0 || cachedInput < 0 || output < 0 || cachedInput > input) {
            throw new IllegalArgumentException(
                    "impossible token counts: input " + input + ", cached " + cachedInput + ", output " + output);
        }
    }

    /** As a provider reports it; impossible figures are corrected instead of failing a call that is paid already. */
    static TokenUsage reported(long input, long cachedInput, long output) {
        long safeInput = Math.max(0, input);
        return new TokenUsage(safeInput, Math.min(Math.max(0, cachedInput), safeInput), Math.max(0, output));
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, cachedInput + other.cachedInput, output + other.output);
    }
}
