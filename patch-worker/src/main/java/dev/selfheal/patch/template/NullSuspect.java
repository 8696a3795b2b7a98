package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;

/**
 * An expression that may have been null.
 *
 * @param value the expression
 * @param user the expression around it that failed on it: the call, field access or array access, or the call it was
 *     passed to; the value itself where a statement failed on it
 * @param match how sure, 0..1
 */
record NullSuspect(Expression value, Expression user, double match) {}
