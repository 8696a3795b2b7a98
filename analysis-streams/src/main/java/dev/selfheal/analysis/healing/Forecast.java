package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.trend.Forecasts;
import dev.selfheal.event.TriggerPolicy;
import java.util.Locale;
import java.util.Optional;

/** Whether a group that grows will soon be worth a case. */
final class Forecast {

    /** Minutes after which a damped forecast no longer changes. */
    private static final int LEVEL_AFTER = 60;

    private Forecast() {}

    /** Why the trigger's threshold will be crossed within its look-ahead; empty when that is not foreseen. */
    static Optional<String> crossing(TriggerPolicy trigger, Sighting seen) {
        boolean growing = switch (seen.trend().getState()) {
            case RISING, SPIKING -> true;
            default -> false;
        };
        int ahead = trigger.getForecastMinutes();
        if (!growing || ahead <= 0) {
            return Optional.empty();
        }
        double expected = fullest(seen, trigger);
        return expected >= trigger.getMinEvents()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "forecast: %.1f errors in %d minutes within the next %d",
                        expected,
                        trigger.getWindowMinutes(),
                        ahead))
                : Optional.empty();
    }

    /** Errors in the fullest of the windows that end within the look-ahead; those it begins with are counted already. */
    private static double fullest(Sighting seen, TriggerPolicy trigger) {
        int window = trigger.getWindowMinutes();
        double most = 0;
        for (int end = 1; end <= Math.min(LEVEL_AFTER, trigger.getForecastMinutes()); end++) {
            double foreseen = Forecasts.expectedIn(seen.trend(), end)
                    - Forecasts.expectedIn(seen.trend(), Math.max(0, end - window));
            most = Math.max(most, foreseen + seen.count(Math.max(0, window - end)));
        }
        return most;
    }
}
