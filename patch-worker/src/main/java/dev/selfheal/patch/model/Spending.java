package dev.selfheal.patch.model;

import dev.selfheal.patch.model.DailyBudget.Reservation;
import java.util.Optional;

/** The two budgets a call is paid from: its route's and that of all routes together. Thread-safe. */
final class Spending {

    /** A call's money, set aside in both budgets. */
    final class Hold {
        private final Reservation fromRoute;
        private final Reservation fromTotal;

        private Hold(double usd) {
            fromRoute = route.reserve(usd);
            fromTotal = total.reserve(usd);
        }

        void settle(TokenUsage billed) {
            double usd = price.of(billed);
            route.settle(fromRoute, usd);
            total.settle(fromTotal, usd);
        }
    }

    private final DailyBudget route;
    private final DailyBudget total;
    private final Price price;

    Spending(DailyBudget route, DailyBudget total, Price price) {
        this.route = route;
        this.total = total;
        this.price = price;
    }

    /** Sets the estimated price aside; empty when a budget does not cover it. */
    Optional<Hold> hold(TokenUsage estimate) {
        double usd = price.of(estimate);
        synchronized (total) {
            return route.covers(usd) && total.covers(usd) ? Optional.of(new Hold(usd)) : Optional.empty();
        }
    }

    String describe() {
        return String.format(
                "the day's budget is used up: %.2f of %.2f USD on this route, %.2f of %.2f USD in all",
                route.spentToday(), route.usdPerDay(), total.spentToday(), total.usdPerDay());
    }
}
