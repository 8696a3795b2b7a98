package dev.selfheal.patch.model;

/**
 * What one question used on one route, over all its calls.
 *
 * @param model name of the model at the provider
 * @param costUsd from the configured prices
 */
public record Bill(String route, String model, int calls, TokenUsage usage, double costUsd) {

    static Bill none(RouteSettings route) {
        return new Bill(route.name(), route.settings().model(), 0, TokenUsage.NONE, 0);
    }

    Bill plus(TokenUsage more, Price price) {
        return new Bill(route, model, calls + 1, usage.plus(more), costUsd + price.of(more));
    }
}
