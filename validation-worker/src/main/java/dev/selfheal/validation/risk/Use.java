package dev.selfheal.validation.risk;

/**
 * One risky thing a piece of code does.
 *
 * @param what the class, member or construct that triggered the rule
 * @param line from 1; 0 when unknown
 */
public record Use(RiskRule rule, String what, int line) {}
