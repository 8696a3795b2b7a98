package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import java.util.List;

/**
 * What must hold before an expression is evaluated.
 *
 * @param faulting the expression that throws
 * @param violated Java condition that is true when it would throw
 * @param safe the negation, written the way a person would
 * @param inputs the source expressions both conditions repeat: they must be in scope where the check is put
 * @param match how sure it is that this is what was violated, 0..1
 * @param reason ends a sentence for a reviewer, for example `"name" can be null`
 */
record Guard(Expression faulting, String violated, String safe, List<Expression> inputs, double match, String reason) {

    Guard {
        inputs = List.copyOf(inputs);
    }
}
