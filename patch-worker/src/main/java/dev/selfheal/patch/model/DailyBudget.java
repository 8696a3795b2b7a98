package dev.selfheal.patch.model;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Money per UTC day. A call reserves an upper estimate before it is sent and settles with the bill, so that calls in
 * flight cannot overspend together. Thread-safe.
 */
final class DailyBudget {

    /** Money set aside on a day, US dollars. */
    record Reservation(LocalDate day, double usd) {}

    private final double usdPerDay;
    private final Clock clock;
    private LocalDate day;
    private double spent;

    DailyBudget(double usdPerDay, Clock clock) {
        this.usdPerDay = usdPerDay;
        this.clock = clock;
        this.day = today();
    }

    /** False when the day's money does not cover it; nothing is set aside then. */
    synchronized boolean covers(double usd) {
        turnDay();
        return spent + usd <= usdPerDay;
    }

    synchronized Reservation reserve(double usd) {
        turnDay();
        spent += usd;
        return new Reservation(day, usd);
    }

    /** Replaces the estimate by the bill; an estimate of an earlier day is gone with that day. */
    synchronized void settle(Reservation reservation, double billedUsd) {
        turnDay();
        if (reservation.day().equals(day)) {
            spent += billedUsd - reservation.usd();
        }
    }

    /** Spent and set aside today, US dollars. */
    synchronized double spentToday() {
        turnDay();
        return spent;
    }

    double usdPerDay() {
        return usdPerDay;
    }

    private void turnDay() {
        LocalDate now = today();
        if (!now.equals(day)) {
            day = now;
            spent = 0;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
