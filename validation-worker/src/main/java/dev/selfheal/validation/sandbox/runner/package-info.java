/**
 * The code that runs inside the sandbox, in a jar of its own: reads one order, compiles or tests, answers, ends.
 * Depends on the JDK and JUnit alone. The worker uses the message types of this package and nothing else of it.
 */
package dev.selfheal.validation.sandbox.runner;
