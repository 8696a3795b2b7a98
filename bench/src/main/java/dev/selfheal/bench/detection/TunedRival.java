package dev.selfheal.bench.detection;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A rival's best variant at the lowest threshold that keeps to one false alarm a day, both found on the tuning seeds. */
record TunedRival(String name, double threshold, Supplier<Chart> charts) {

    private static final int TUNING_DAYS = 200;
    private static final int TUNING_RUNS = 201;
    private static final int HALVINGS = 12;

    /** The method at its best for this trial: a variant and a threshold of its own for each baseline. */
    static TunedRival of(Rival rival, CountTrial tuning) {
        List<DoubleFunction<Chart>> variants = rival.variants();
        return variants.stream()
                .flatMap(variant -> tuned(rival, variant, tuning))
                .min(Comparator.comparingDouble(tuned -> tuning.medianDelay(tuned.charts(), TUNING_RUNS)))
                .orElseThrow();
    }

    private static Stream<TunedRival> tuned(Rival rival, DoubleFunction<Chart> variant, CountTrial tuning) {
        double low = 0;
        double high = rival.largest();
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean calm = tuning.falseAlarmsADay(() -> variant.apply(middle), TUNING_DAYS) <= 1;
            low = calm ? low : middle;
            high = calm ? middle : high;
        }
        double threshold = high;
        return Stream.of(new TunedRival(rival.name(), threshold, () -> variant.apply(threshold)));
    }
}
