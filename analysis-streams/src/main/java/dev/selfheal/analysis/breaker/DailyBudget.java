package dev.selfheal.analysis.breaker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Requests of one service in one UTC day.
 *
 * @param day start of the day
 * @param used requests sent that day
 */
public record DailyBudget(Instant day, int used) {

    public static DailyBudget initial(Instant now) {
        return new DailyBudget(now.truncatedTo(ChronoUnit.DAYS), 0);
    }

    /** After one more request; a request of an earlier day counts in the present one. */
    public DailyBudget spend(Instant now) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        return today.isAfter(day) ? new DailyBudget(today, 1) : new DailyBudget(day, used + 1);
    }

    public Instant nextDay() {
        return day.plus(1, ChronoUnit.DAYS);
    }
}
