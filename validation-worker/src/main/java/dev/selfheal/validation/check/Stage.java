package dev.selfheal.validation.check;

import java.util.List;

/**
 * Checks that need nothing of each other, and can be run side by side. Their results stand in this order.
 *
 * @param checks the longest first
 */
public record Stage(List<Check> checks) {

    public Stage {
        checks = List.copyOf(checks);
    }

    public static Stage of(Check... checks) {
        return new Stage(List.of(checks));
    }

    /** One after the other, each a stage of its own. */
    public static List<Stage> inOrder(Check... checks) {
        return List.of(checks).stream().map(Stage::of).toList();
    }
}
