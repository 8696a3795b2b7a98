package dev.selfheal.bench.detection;

import java.util.Random;

/** Seeded draws from the distributions the simulated series are made of. */
final class Noise {

    private final Random random;

    Noise(long seed) {
        random = new Random(seed);
    }

    double gaussian(double deviation) {
        return deviation * random.nextGaussian();
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int integer(int from, int to) {
        return from + random.nextInt(to - from);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Log-normal with median 1. */
    double logNormal(double sigma) {
        return Math.exp(gaussian(sigma));
    }

    double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    /** Knuth's method in steps of at most 30, so that the product never underflows. */
    int poisson(double mean) {
        int count = 0;
        for (double left = mean; left > 0; left -= 30) {
            double limit = Math.exp(-Math.min(30, left));
            double product = random.nextDouble();
            while (product > limit) {
                product *= random.nextDouble();
                count++;
            }
        }
        return count;
    }

    /** Gamma-mixed Poisson: variance is {@code dispersion} times the mean, {@code dispersion > 1}. */
    int overDispersed(double mean, double dispersion) {
        return poisson(gamma(mean / (dispersion - 1)) * (dispersion - 1));
    }

    /** Marsaglia and Tsang (2000); unit scale. */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
