package dev.selfheal.analysis.healing;

import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TriggerPolicy;
import java.util.Locale;
import java.util.Optional;

/** Whether a group that grows will soon be worth a case. */
final class Forecast {

    private Forecast() {}

    /** Why the trigger's threshold will be crossed within its look-ahead; empty when that is not foreseen. */
    static Optional<String> crossing(TriggerPolicy trigger, Sighting seen) {
        boolean growing = switch (seen.trend().getState()) {
            case RISING, SPIKING -> true;
            default -> false;
        };
        if (!growing || trigger.getForecastMinutes() <= 0) {
            return Optional.empty();
        }
        double expected = expected(seen.trend(), trigger.getForecastMinutes(), trigger.getWindowMinutes());
        return expected >= trigger.getMinEvents()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "forecast: %.1f errors in %d minutes within the next %d",
                        expected,
                        trigger.getWindowMinutes(),
                        trigger.getForecastMinutes()))
                : Optional.empty();
    }

    /** Errors in the fullest window that ends within the look-ahead. */
    private static double expected(ErrorTrend trend, int aheadMinutes, int windowMinutes) {
        return trend.getForecastPerMinute() * Math.min(windowMinutes, aheadMinutes);
    }
}
