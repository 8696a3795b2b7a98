package dev.selfheal.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.analysis.regression.RateRise.Counts;
import dev.selfheal.event.RegressionPolicy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateRiseTest {

    private static final RegressionPolicy POLICY = RegressionPolicy.newBuilder().build();

    @Test
    void shouldGiveBinomialTailWhenComputedByHand() {
        // 4 errors, 3 of them after, one sixth of the time: 4 (1/6)^3 (5/6) + (1/6)^4
        double byHand = 4 * Math.pow(1 / 6.0, 3) * (5 / 6.0) + Math.pow(1 / 6.0, 4);

        assertThat(RateRise.chance(new Counts(1, 5), new Counts(3, 1), 1)).isCloseTo(byHand, within(1e-12));
    }

    @Test
    void shouldAgreeWithExactArithmeticForAnyCounts() {
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            Counts before = new Counts(random.nextInt(60), 1 + random.nextInt(120));
            Counts after = new Counts(random.nextInt(60), 1 + random.nextInt(120));
            double exact = exactTail(before, after);

            assertThat(RateRise.chance(before, after, 1))
                    .as("%s then %s", before, after)
                    .isCloseTo(exact, within(1e-9 + exact * 1e-8));
        }
    }

    @Test
    void shouldStayBetweenNoneAndOneForLargeCounts() {
        assertThat(RateRise.chance(new Counts(1_000_000, 60), new Counts(1_100_000, 60), 1))
                .isBetween(0.0, 1e-300);
        assertThat(RateRise.chance(new Counts(1_000_000, 60), new Counts(1_000_000, 60), 1))
                .isCloseTo(0.5, within(0.01));
        assertThat(RateRise.chance(new Counts(5, 60), new Counts(0, 60), 1)).isEqualTo(1);
    }

    @Test
    void shouldNeedTheLeastEventsOfThePolicy() {
        Counts before = new Counts(0, 1440);

        assertThat(RateRise.isSignificant(before, new Counts(2, 1), 1, POLICY)).isFalse();
        assertThat(RateRise.isSignificant(before, new Counts(3, 1), 1, POLICY)).isTrue();
    }

    @Test
    void shouldBeSignificantAtTheLimitAndNotBeyondIt() {
        Counts before = new Counts(1, 5);
        Counts after = new Counts(3, 1);
        double atLimit = 2 * RateRise.chance(before, after, 1); // the first step may use up half

        assertThat(RateRise.isSignificant(before, after, 1, significance(atLimit))).isTrue();
        assertThat(RateRise.isSignificant(before, after, 1, significance(Math.nextDown(atLimit))))
                .isFalse();
    }

    @Test
    void shouldCompareWithAMultipleOfTheRateBefore() {
        Counts before = new Counts(60, 60);
        Counts tripled = new Counts(180, 60);

        assertThat(RateRise.isSignificant(before, tripled, 1, POLICY)).isTrue();
        assertThat(RateRise.isSignificant(before, tripled, 2, POLICY)).isFalse();
        assertThat(RateRise.isSignificant(before, new Counts(600, 60), 2, POLICY)).isTrue();
    }

    /** The promise of the policy: however often it is asked, it is seldom wrong. */
    @Test
    void shouldSeldomSeeARiseWhereThereIsNoneThoughAskedWithEveryError() {
        RegressionPolicy onePercent = significance(0.01);
        int watches = 4000;
        int wrong = 0;
        Random random = new Random(7);
        for (int i = 0; i < watches; i++) {
            int errorsBefore = 0;
            for (double at = waited(random); at < 60; at += waited(random)) {
                errorsBefore++;
            }
            Counts before = new Counts(errorsBefore, 60);
            int errors = 0;
            boolean seen = false;
            for (double at = waited(random); at < 240 && !seen; at += waited(random)) {
                errors++;
                seen = RateRise.isSignificant(before, new Counts(errors, Math.max(1, at)), 1, onePercent);
            }
            wrong += seen ? 1 : 0;
        }
        assertThat(wrong / (double) watches).isLessThanOrEqualTo(0.01);
    }

    @Test
    void shouldRefuseToCompareNoTimeAtAll() {
        assertThatThrownBy(() -> new Counts(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counts(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Minutes to the next of the errors that come once in two minutes. */
    private static double waited(Random random) {
        return -Math.log(1 - random.nextDouble()) * 2;
    }

    private static RegressionPolicy significance(double significance) {
        return RegressionPolicy.newBuilder().setSignificance(significance).build();
    }

    private static double exactTail(Counts before, Counts after) {
        long all = before.errors() + after.errors();
        double share = after.minutes() / (after.minutes() + before.minutes());
        BigDecimal p = new BigDecimal(share);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal ways = BigDecimal.ONE;
        for (int k = 0; k <= all; k++) {
            if (k > 0) {
                ways = ways.multiply(BigDecimal.valueOf(all - k + 1)).divide(BigDecimal.valueOf(k), MathContext.DECIMAL128);
            }
            if (k >= after.errors()) {
                sum = sum.add(ways.multiply(p.pow(k, MathContext.DECIMAL128))
                        .multiply(q.pow((int) (all - k), MathContext.DECIMAL128)));
            }
        }
        return sum.doubleValue();
    }
}
