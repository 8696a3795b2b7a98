package dev.selfheal.validation.quality;

/**
 * One remark on a line.
 *
 * @param rule stable id, {@code SH-LINT-…}
 * @param line from 1
 * @param what to finish the sentence "line n …"
 */
public record Remark(String rule, int line, String what) {}
