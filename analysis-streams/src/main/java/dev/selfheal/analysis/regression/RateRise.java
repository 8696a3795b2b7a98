package dev.selfheal.analysis.regression;

import dev.selfheal.event.RegressionPolicy;

/**
 * Exact comparison of two Poisson rates: given all errors of both periods, those of the later one are binomial
 * (Przyborowski and Wilenski, Biometrika 31, 1940). Small counts need no approximation.
 */
final class RateRise {

    /** Terms of a tail below this share of its sum no longer show in a double. */
    private static final double NEGLIGIBLE = 1e-17;

    private RateRise() {}

    /**
     * Whether the rate is now more than {@code ratio} times what it was. It may be asked as often as one likes: the chance
     * of ever saying yes without a rise stays within the policy's significance. For that the errors after are rounded down
     * to steps that grow by a quarter, and the n-th step may use up only its share of the significance, 1/(n(n+1)).
     * Asked later on a step the time is longer and the rise less sure, so asking again there adds no chance.
     */
    static boolean isSignificant(Counts before, Counts after, double ratio, RegressionPolicy policy) {
        long step = Math.max(1, policy.getMinEvents());
        if (after.errors() < step) {
            return false;
        }
        long number = 1;
        for (long next = following(step); next <= after.errors(); next = following(next)) {
            step = next;
            number++;
        }
        double share = policy.getSignificance() / ((double) number * (number + 1));
        return chance(before, new Counts(step, after.minutes()), ratio) <= share;
    }

    private static long following(long step) {
        return step + Math.max(1, step / 4);
    }

    /** Probability of at least so many errors after, if the rate is {@code ratio} times that of before. */
    static double chance(Counts before, Counts after, double ratio) {
        long all = before.errors() + after.errors();
        double share = ratio * after.minutes() / (ratio * after.minutes() + before.minutes());
        long from = after.errors();
        if (from == 0 || share >= 1) {
            return 1;
        }
        return from > all * share ? upperTail(all, from, share) : 1 - lowerTail(all, from - 1, share);
    }

    private static double upperTail(long all, long from, double share) {
        double odds = share / (1 - share);
        double term = Math.exp(logProbability(all, from, share));
        double sum = term;
        for (long k = from; k < all && term > sum * NEGLIGIBLE; k++) {
            term *= odds * (all - k) / (k + 1);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double lowerTail(long all, long to, double share) {
        double odds = (1 - share) / share;
        double term = Math.exp(logProbability(all, to, share));
        double sum = term;
        for (long k = to; k > 0 && term > sum * NEGLIGIBLE; k--) {
            term *= odds * k / (all - k + 1);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double logProbability(long all, long k, double share) {
        return logFactorial(all)
                - logFactorial(k)
                - logFactorial(all - k)
                + k * Math.log(share)
                + (all - k) * Math.log1p(-share);
    }

    /** Stirling's series, exact to 1e-10 from 16 on; below that the product itself. */
    private static double logFactorial(long n) {
        if (n < 16) {
            double product = 1;
            for (long i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n + 1.0;
        double series = 1 / (12 * x) - 1 / (360 * x * x * x) + 1 / (1260 * x * x * x * x * x);
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
    }

    /** Errors within a period. */
    record Counts(long errors, double minutes) {

        Counts {
            if (errors < 0 || !(minutes > 0)) {
                throw new IllegalArgumentException(errors + " errors in " + minutes + " minutes make no rate");
            }
        }
    }
}
