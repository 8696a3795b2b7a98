package dev.selfheal.standalone.heal;

import dev.selfheal.standalone.stack.Stack;

/** A stack that may still be coming up. */
@FunctionalInterface
public interface StackSource {

    /**
     * Waits for it.
     *
     * @throws CannotHealException when it does not come up
     */
    Stack ready() throws CannotHealException;
}
