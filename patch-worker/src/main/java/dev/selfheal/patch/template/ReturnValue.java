package dev.selfheal.patch.template;

/**
 * What a check returns instead of failing.
 *
 * @param expression Java source; empty for a plain {@code return;}
 * @param fit how usual the value is at this place, 0..1
 */
record ReturnValue(String expression, double fit) {

    ReturnValue scaled(double factor) {
        return new ReturnValue(expression, fit * factor);
    }

    String statement() {
        return expression.isEmpty() ? "return;" : "return " + expression + ";";
    }
}
