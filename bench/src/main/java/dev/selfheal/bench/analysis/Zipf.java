package dev.selfheal.bench.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Few numbers often, many seldom: the n-th most frequent comes 1/n as often as the first. The same ones every time. */
final class Zipf implements IntUnaryOperator {

    private static final long SEED = 20_261_122;

    private final double[] cumulative;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /**
     * @param numbers how many different ones, from 0
     */
    Zipf(int numbers) {
        cumulative = new double[numbers];
        double sum = 0;
        for (int n = 0; n < numbers; n++) {
            sum += 1.0 / (n + 1);
            cumulative[n] = sum;
        }
    }

    @Override
    public int applyAsInt(int ignored) {
        int at = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
        return at >= 0 ? at : -at - 1;
    }
}
