package dev.selfheal.validation.check;

/**
 * What the worst affected test costs with the patch, as a multiple of what it costs without.
 *
 * @param slowdown of its time
 * @param allocation of the bytes it allocates
 */
public record CostEvidence(double slowdown, double allocation) {}
