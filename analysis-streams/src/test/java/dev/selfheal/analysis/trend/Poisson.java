package dev.selfheal.analysis.trend;

import java.util.Random;

/** Seeded draws of counts. */
public final class Poisson {

    private Poisson() {}

    /** Knuth's method; for means below some hundred. */
    public static int draw(double mean, Random random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** Negative binomial as a sum of geometric bursts: variance is {@code dispersion} times the mean. */
    static int overDispersed(double mean, double dispersion, Random random) {
        double success = 1 / dispersion;
        double bursts = mean * -Math.log(success) / (dispersion - 1);
        int sum = 0;
        for (int burst = draw(bursts, random); burst > 0; burst--) {
            sum += logarithmic(1 - success, random);
        }
        return sum;
    }

    /** A draw of the logarithmic series distribution, by inversion. */
    private static int logarithmic(double p, Random random) {
        double left = random.nextDouble();
        double term = -p / Math.log(1 - p);
        int k = 1;
        while (left > term) {
            left -= term;
            term *= p * k / (k + 1);
            k++;
        }
        return k;
    }
}
